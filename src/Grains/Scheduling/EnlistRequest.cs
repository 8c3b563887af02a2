using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Scheduling;

/// <summary>A session asks for a slot for each of its nodes, all or nothing.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.enlist-request")]
public sealed record EnlistRequest
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number. A request with an older epoch than one already seen is stale and changes nothing.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The session's rank: the higher, the sooner.</summary>
    [Id(2)]
    public required int Rank { get; init; }

    /// <summary>The session's age: kept when it is enlisted again.</summary>
    [Id(3)]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>What it needs, each engine once.</summary>
    [Id(4)]
    public required ImmutableArray<EngineDemand> Demands { get; init; }

    /// <summary>Whose session it is; null, and so by default, for the default tenant's.</summary>
    [Id(5)]
    public string? Tenant { get; init; }

    /// <summary>Throws where it asks for nothing, for less than a slot, or for an engine twice.</summary>
    public void ThrowIfInvalid()
    {
        if (!SessionIds.IsValid(SessionId) ||
            Demands.IsDefaultOrEmpty ||
            Demands.Any(demand => demand.Slots < 1) ||
            Demands.DistinctBy(demand => demand.Engine, StringComparer.Ordinal).Count() < Demands.Length)
        {
            throw new BlueEdgeException($"Session '{SessionId}' cannot be enlisted: it needs a valid id, and each engine once with at least one slot.");
        }
    }
}
