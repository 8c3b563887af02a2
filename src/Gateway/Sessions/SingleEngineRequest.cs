using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway.Sessions;

/// <summary>One engine to run: its ports are the channels. It describes what <see cref="SingleEngineReader"/> reads.</summary>
internal sealed record SingleEngineRequest
{
    /// <summary>The engine.</summary>
    public required string EngineId { get; init; }

    /// <summary>By input port, what is fed in.</summary>
    public ImmutableDictionary<string, InputRequest> Inputs { get; init; } = [];

    /// <summary>By output port, what is done with what comes out.</summary>
    public ImmutableDictionary<string, OutputRequest> Outputs { get; init; } = [];

    /// <summary>The outputs whose results are kept, and no others; where it is left out, those that say interested.</summary>
    public ImmutableArray<string>? ResultChannels { get; init; }

    /// <summary>Whom to call about the session's events.</summary>
    public ImmutableArray<WebhookRequest> Webhooks { get; init; } = [];

    /// <summary>Higher is served first; 0 by default.</summary>
    public int Rank { get; init; }

    /// <summary>The call waits for the end at most so many seconds and answers as soon as it comes; 0, the default, answers at once.</summary>
    public double WaitTimeSecond { get; init; }

    /// <summary>The session is stopped, and fails, so many seconds after it first had its slots, further attempts included; a day unless configured.</summary>
    public double? MaxDurationSeconds { get; init; }

    /// <summary>When to run again after the engine failed or was lost; never by default.</summary>
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
