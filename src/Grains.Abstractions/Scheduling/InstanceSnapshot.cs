namespace BlueEdge.Scheduling;

/// <summary>One engine instance as the scheduler sees it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.instance-snapshot")]
public sealed record InstanceSnapshot
{
    /// <summary>The instance's id.</summary>
    [Id(0)]
    public required string Instance { get; init; }

    /// <summary>The host it runs on.</summary>
    [Id(1)]
    public required string Host { get; init; }

    /// <summary>How many sub-sessions it runs at most.</summary>
    [Id(2)]
    public required int Slots { get; init; }

    /// <summary>How many of them are leased.</summary>
    [Id(3)]
    public required int Busy { get; init; }

    /// <summary>Whether it takes no new lease and leaves when it has finished what it has.</summary>
    [Id(4)]
    public required bool Draining { get; init; }
}
