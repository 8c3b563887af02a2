namespace BlueEdge.Soak.History;

/// <summary>What a run may cost.</summary>
internal sealed record SoakLimits
{
    /// <summary>The longest time without an accepted session while enough parts run.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long ended sessions can be read.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most memory that a process of ours may have, in bytes.</summary>
    public long Memory { get; init; } = 700L << 20;

    /// <summary>How long after a fault its consequences may show.</summary>
    public TimeSpan Aftermath { get; init; } = TimeSpan.FromSeconds(60);
}
