using BlueEdge.Operations;

namespace BlueEdge.Gateway.Operations;

/// <summary>One process that is a member of the cluster.</summary>
internal sealed record SystemSilo
{
    /// <summary>Its address in the cluster, with which the ids of its engine instances end.</summary>
    public required string Silo { get; init; }

    /// <summary>The machine; left out where a former version does not say it.</summary>
    public string? Host { get; init; }

    /// <summary><c>active</c>, or <c>changing</c>: it joins, or goes.</summary>
    public required string Status { get; init; }

    /// <summary>The version of its program; left out where a former version does not say it.</summary>
    public string? Version { get; init; }

    /// <summary>When it was started; left out where a former version does not say it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public static SystemSilo From(SiloSnapshot silo) => new()
    {
        Silo = silo.Silo,
        Host = silo.Host,
        Status = silo.IsActive ? "active" : "changing",
        Version = silo.Version,
        StartedAt = silo.StartedAt,
    };
}
