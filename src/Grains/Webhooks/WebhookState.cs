using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>How far one webhook of a session has come. <see cref="WebhookTransitions"/> has every change.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-state")]
internal sealed record WebhookState
{
    private const int LargestSmall = 4 * 1024;

    /// <summary>When its session was submitted; one that was submitted later under the same id begins anew.</summary>
    [Id(0)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whom to call about what; <see langword="null"/> before the first event.</summary>
    [Id(1)]
    public WebhookSpec? Webhook { get; init; }

    /// <summary>The number of the last event that is done with: delivered, given up, or not asked for.</summary>
    [Id(2)]
    public long Done { get; init; }

    /// <summary>Whether there may be events after <see cref="Done"/> that nobody else will bring again.</summary>
    [Id(3)]
    public bool IsBehind { get; init; }

    /// <summary>When tries failed since the receiver last took something, the oldest first: as many as one event has at most.</summary>
    [Id(4)]
    public ImmutableArray<DateTimeOffset> FailedTries { get; init; } = [];

    /// <summary>The last of them.</summary>
    [Id(5)]
    public WebhookAttempt? LastFailure { get; init; }

    /// <summary>Until when not to try; <see langword="null"/> for now.</summary>
    [Id(6)]
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Whether the receiver wants no more.</summary>
    [Id(7)]
    public bool IsDisabled { get; init; }

    /// <summary>When the session ended, once that is known. (What was number 9 is told from it: the number is not used again.)</summary>
    [Id(8)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What became of the newest events, the oldest first.</summary>
    [Id(10)]
    public ImmutableArray<WebhookDelivery> Past { get; init; } = [];

    [Id(11)]
    public long Delivered { get; init; }

    [Id(12)]
    public long Failed { get; init; }

    [Id(13)]
    public long Dropped { get; init; }

    /// <summary>What is still to be delivered, where the session's own events will be gone by the next try.</summary>
    [Id(14)]
    public ImmutableArray<SessionEvent> Carried { get; init; } = [];

    /// <summary>Whether <see cref="Carried"/> is all there is: the session is forgotten, or will be.</summary>
    [Id(15)]
    public bool IsCarrying { get; init; }

    /// <summary>The interested channels whose results go with each event.</summary>
    [Id(16)]
    public ImmutableArray<string> Channels { get; init; } = [];

    /// <summary>The place of the session's submission in its trace; <see langword="null"/> where none is kept.</summary>
    [Id(17)]
    public string? Trace { get; init; }

    /// <summary>Whether it takes little room beside other states: of what receivers answered there is not much.</summary>
    public bool IsSmall => Past.Sum(delivery => (delivery.LastAttempt?.Answer?.Length ?? 0) + (delivery.LastAttempt?.Error?.Length ?? 0)) <= LargestSmall;

    /// <summary>Whether all is done with, the session's end too, as far as it is not lost.</summary>
    public bool IsClosed => EndedAt is not null && !IsBehind;
}
