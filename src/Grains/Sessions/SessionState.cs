using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// What a session remembers besides its spec. <see cref="SessionTransitions"/> has every change; a terminal status is
/// never left.
/// </summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-state")]
public sealed record SessionState
{
    /// <summary>That of a session that was never submitted.</summary>
    public static readonly SessionState None = new();

    /// <summary>Where it stands.</summary>
    [Id(0)]
    public SessionStatus Status { get; init; }

    /// <summary>The attempt's number; the first is 1. Every lease and report carries it.</summary>
    [Id(1)]
    public int Epoch { get; init; }

    /// <summary>When it was submitted.</summary>
    [Id(2)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the slots were leased: engines have the prepare time-out from then.</summary>
    [Id(3)]
    public DateTimeOffset? LeasedAt { get; init; }

    /// <summary>When the session began to stop: engines have the grace period from then.</summary>
    [Id(4)]
    public DateTimeOffset? StoppingAt { get; init; }

    /// <summary>When it ended; <see langword="null"/> before.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The terminal status that a stopping session is on its way to.</summary>
    [Id(6)]
    public SessionStatus? Ending { get; init; }

    /// <summary>Why it failed or was stopped, as users read it; or <see langword="null"/>.</summary>
    [Id(7)]
    public string? Reason { get; init; }

    /// <summary>Whether a caller gave the session up, so that it never runs again.</summary>
    [Id(8)]
    public bool StopRequested { get; init; }

    /// <summary>Its nodes, in the order of the spec.</summary>
    [Id(9)]
    public ImmutableArray<NodeState> Nodes { get; init; } = [];

    /// <summary>The attempts before this one, in their order.</summary>
    [Id(10)]
    public ImmutableArray<AttemptSnapshot> FormerAttempts { get; init; } = [];

    /// <summary>When the attempt may be enlisted, where it has to wait for its backoff.</summary>
    [Id(11)]
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What <see cref="ISessionGrain.SubmitAsync"/> was given to tell specs apart.</summary>
    [Id(12)]
    public string? Fingerprint { get; init; }

    /// <summary>Whether start data of interested channels are still to be stored among the attempt's results.</summary>
    [Id(13)]
    public bool OwesStartData { get; init; }

    /// <summary>When it had its slots for the first time: its duration counts from then, over all attempts.</summary>
    [Id(14)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The number of the last event that was noted, where the session keeps events.</summary>
    [Id(15)]
    public long LastEvent { get; init; }

    /// <summary>
    /// The number of the last event that all who listen have taken, as far as it is known, so that they may hear some again after a
    /// crash; <see langword="null"/> where nobody listens.
    /// </summary>
    [Id(16)]
    public long? Told { get; init; }

    /// <summary>Whose it is; <see langword="null"/> for the default tenant, as in all records of former builds.</summary>
    [Id(17)]
    public string? Tenant { get; init; }

    /// <summary>The place of its submission in the trace that it belongs to; <see langword="null"/> where none is kept. See <see cref="Telemetry.TraceText"/>.</summary>
    [Id(18)]
    public string? Trace { get; init; }

    /// <summary>
    /// What became of the events of webhooks that are done with and have no stored state of their own, by their places in the spec:
    /// it is written with <see cref="Told"/>. <see langword="null"/> where there are none.
    /// </summary>
    [Id(19)]
    internal ImmutableDictionary<int, WebhookState>? ClosedWebhooks { get; init; }

    /// <summary>The events since the last write, which the next one stores beside the state and not in it.</summary>
    [field: NonSerialized]
    public ImmutableArray<SessionEvent> News { get; init; } = [];

    /// <summary>Whether somebody has yet to hear of its events.</summary>
    public bool OwesEvents => Told < LastEvent;

    /// <summary>
    /// Whether its one engine had written nothing when it was ready, and is not known to have written since. Of several one may write
    /// while others still prepare.
    /// </summary>
    public bool IsUnwritten => Status is SessionStatus.Processing && !OwesStartData && Nodes is [{ Status: SubSessionStatus.Ready, ItemsWritten: 0 }];

    /// <summary>Whether it is of the caller's tenant.</summary>
    public bool BelongsTo(Caller caller) => string.Equals(Tenant, caller.NamedTenant, StringComparison.Ordinal);

    /// <summary>Whether its nodes have slots.</summary>
    public bool IsRunning => Status is SessionStatus.Queuing or SessionStatus.Processing or SessionStatus.Stopping;
}
