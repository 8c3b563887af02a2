using System.Collections.Immutable;

namespace BlueEdge.Sessions;

/// <summary>What a caller asks to run: a DAG of engines, joined by channels.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-spec")]
public sealed record SessionSpec
{
    /// <summary>The DAG's edges.</summary>
    [Id(0)]
    public required ImmutableArray<ChannelSpec> Channels { get; init; }

    /// <summary>The DAG's nodes; at least one.</summary>
    [Id(1)]
    public required ImmutableArray<NodeSpec> Nodes { get; init; }

    /// <summary>What the user feeds in, in the order it is sent. Empty by default.</summary>
    [Id(2)]
    public ImmutableArray<StartDataSpec> StartData { get; init; } = [];

    /// <summary>Whom to call about the session's events. Empty by default.</summary>
    [Id(3)]
    public ImmutableArray<WebhookSpec> Webhooks { get; init; } = [];

    /// <summary>Higher is served first; 0 by default.</summary>
    [Id(4)]
    public int Rank { get; init; }

    /// <summary>How long the caller waits for the end; zero, the default, does not wait.</summary>
    [Id(5)]
    public TimeSpan WaitTime { get; init; }

    /// <summary>When to run again, or <see langword="null"/>, the default, for never.</summary>
    [Id(6)]
    public RetrySpec? Retry { get; init; }

    /// <summary>
    /// How long the session may take, from when it first has its slots to its end, further attempts and the waits between them
    /// included; then it is stopped and fails. <see langword="null"/>, the default, is the deployment's own
    /// (<c>BlueEdge:Sessions:MaxDuration</c>, a day).
    /// </summary>
    [Id(7)]
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Whether the session keeps what happens to it, to be read and followed; not, the default, costs nothing.</summary>
    [Id(9)]
    public bool KeepsEvents { get; init; }

    /// <summary>What becomes of the session when a caller stops one of its nodes; by default it fails.</summary>
    [Id(8)]
    public NodeStopPolicy OnNodeStopped { get; init; }
}
