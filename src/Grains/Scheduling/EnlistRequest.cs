using System.Collections.Immutable;

namespace BlueEdge.Scheduling;

/// <summary>A session asks for a slot for each of its nodes, all or nothing.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.enlist-request")]
internal sealed record EnlistRequest
{
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number. A request with an older epoch than one already seen is stale and changes nothing.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    [Id(2)]
    public required int Rank { get; init; }

    /// <summary>The session's age: kept when it is enlisted again.</summary>
    [Id(3)]
    public required DateTimeOffset SubmittedAt { get; init; }

    [Id(4)]
    public required ImmutableArray<EngineDemand> Demands { get; init; }
}
