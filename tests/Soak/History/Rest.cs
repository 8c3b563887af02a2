using System.Collections.Immutable;

namespace BlueEdge.Soak.History;

/// <summary>What is there when all has ended and nothing is sent.</summary>
internal sealed record Rest
{
    public required TimeSpan At { get; init; }

    public ImmutableArray<EngineAtRest> Engines { get; init; } = [];

    /// <summary>How many instances each engine is to have.</summary>
    public int Instances { get; init; }

    /// <summary>The lists of sessions, by gateway and status.</summary>
    public ImmutableArray<ListedSessions> Lists { get; init; } = [];

    /// <summary>Sessions that nobody knows to have submitted, each with what its spec says it is.</summary>
    public ImmutableArray<StrangeSession> Strangers { get; init; } = [];

    public ImmutableArray<StoredKey> Keys { get; init; } = [];

    /// <summary>Parts that do not run, or are not ready.</summary>
    public ImmutableArray<string> NotReady { get; init; } = [];
}
