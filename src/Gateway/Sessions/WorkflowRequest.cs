using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A DAG of engines to run. It describes what <see cref="WorkflowReader"/> reads.</summary>
internal sealed record WorkflowRequest
{
    /// <summary>The DAG's edges.</summary>
    public ImmutableArray<ChannelRequest> DataChannels { get; init; } = [];

    /// <summary>The DAG's nodes; at least one.</summary>
    public required ImmutableArray<NodeRequest> Engines { get; init; }

    /// <summary>What is fed in once all engines are ready, in this order.</summary>
    public ImmutableArray<StartDataRequest> StartData { get; init; } = [];

    /// <summary>Whom to call about the session's events.</summary>
    public ImmutableArray<WebhookRequest> Webhooks { get; init; } = [];

    /// <summary>Higher is served first; 0 by default.</summary>
    public int Rank { get; init; }

    /// <summary>The call waits for the end at most so many seconds and answers as soon as it comes; 0, the default, answers at once.</summary>
    public double WaitTimeSecond { get; init; }

    /// <summary>The session is stopped, and fails, so many seconds after it first had its slots, further attempts included; a day unless configured.</summary>
    public double? MaxDurationSeconds { get; init; }

    /// <summary>When to run again after an engine failed or was lost; never by default.</summary>
    public RetryRequest? Retry { get; init; }

    /// <summary>Whether what happens to the session is kept, to be read and followed under <c>/sessions/{sessionId}/events</c>; not by default.</summary>
    public bool Events { get; init; }

    /// <summary>
    /// What becomes of the session when a caller stops one of its engines: <c>fail</c>, or <c>continue</c> without it.
    /// <c>fail</c> where it is left out.
    /// </summary>
    [AllowedValues("fail", "continue")]
    public string? OnNodeStopped { get; init; }
}
