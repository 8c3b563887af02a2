using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Events of a session, brought to one of its webhooks.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-news")]
internal sealed record WebhookNews
{
    /// <summary>When the session was submitted.</summary>
    [Id(0)]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The webhook, its headers as they are stored.</summary>
    [Id(1)]
    public required WebhookSpec Webhook { get; init; }

    /// <summary>The interested channels whose results go with each event.</summary>
    [Id(2)]
    public required ImmutableArray<string> Channels { get; init; }

    /// <summary>The session's events up to this number have been brought before, or are lost.</summary>
    [Id(3)]
    public required long After { get; init; }

    /// <summary>The session's events up to this number are brought by this.</summary>
    [Id(4)]
    public required long UpTo { get; init; }

    /// <summary>Those of them that the webhook is called about, and the session's last one in any case.</summary>
    [Id(5)]
    public required ImmutableArray<SessionEvent> Events { get; init; }

    /// <summary>So many events before these are gone, and were never brought: the session keeps the newest only. 0 by default.</summary>
    [Id(6)]
    public long Lost { get; init; }

    /// <summary>The place of the session's submission in its trace; <see langword="null"/> where none is kept.</summary>
    [Id(7)]
    public string? Trace { get; init; }

    /// <summary>Whether nobody can have brought the webhook anything of this session before, so that nothing is stored of it.</summary>
    [Id(8)]
    public bool IsFirst { get; init; }

    /// <summary>Whether the session stores the webhook's state with its own, where it is given that back.</summary>
    [Id(9)]
    public bool IsKeptBySession { get; init; }

    /// <summary>The state that the session has stored so; <see langword="null"/> where it has none.</summary>
    [Id(10)]
    public WebhookState? Closed { get; init; }

    /// <summary>Whether nothing had been written to the session's channels in its attempt when the newest of the events happened.</summary>
    [Id(11)]
    public bool IsUnwritten { get; init; }
}
