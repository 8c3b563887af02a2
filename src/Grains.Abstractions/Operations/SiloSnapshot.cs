namespace BlueEdge.Operations;

/// <summary>One silo: a core silo, an engine host, or the one process of the embedded mode.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.silo-snapshot")]
public sealed record SiloSnapshot
{
    /// <summary>Its address in the cluster, with which the ids of its engine instances end.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>The machine that it runs on; <see langword="null"/> where it is of a former version.</summary>
    [Id(1)]
    public string? Host { get; init; }

    /// <summary>What part it has, one of <see cref="SiloModeNames"/>; <see langword="null"/> where it is of a former version.</summary>
    [Id(2)]
    public string? Mode { get; init; }

    /// <summary>Its program's version; <see langword="null"/> where it is of a former one.</summary>
    [Id(3)]
    public string? Version { get; init; }

    /// <summary>When it was started; <see langword="null"/> where it is of a former version.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How items get from host to host, of an engine host: <c>direct</c> or <c>durable</c>, which is by Kafka; else <see langword="null"/>.</summary>
    [Id(5)]
    public string? Channels { get; init; }

    /// <summary>Whether it is a full member: not one that joins, or goes.</summary>
    [Id(6)]
    public bool IsActive { get; init; }
}
