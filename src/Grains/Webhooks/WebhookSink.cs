using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Brings what happens to sessions to their webhooks. One that is slow or away holds up no other for longer than it takes to write that down.</summary>
internal sealed class WebhookSink(IGrainFactory grains) : ISessionEventSink
{
    public bool Wants(SessionSpec spec) => !spec.Webhooks.IsEmpty;

    /// <summary>Those that webhooks name.</summary>
    public ImmutableArray<string>? SaidTypesOf(SessionSpec spec) => [.. spec.Webhooks.SelectMany(webhook => webhook.StatusTypes).Distinct(StringComparer.Ordinal)];

    public Task TakeAsync(ListenedSession session, ImmutableArray<SessionEvent> events, CancellationToken cancellationToken) =>
        Task.WhenAll(session.Spec.Webhooks.Select((webhook, place) => (Place: place, News: NewsFor(webhook, session, events)))
            .Where(one => !session.ClosedWebhooks.ContainsKey(one.Place) && (!one.News.Events.IsEmpty || one.News.Lost > 0))
            .Select(one => BringAsync(session, one.Place, one.News, cancellationToken)));

    public static string KeyOf(string sessionId, int place) => string.Create(CultureInfo.InvariantCulture, $"{sessionId}/{place}");

    public static string SessionOf(string key) => key[..key.LastIndexOf('/')];

    public static int PlaceOf(string key) => int.Parse(key.AsSpan(key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    /// <summary>What is told of a webhook.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="state">What became of its events; the first one where it was brought none.</param>
    /// <param name="waiting">What it has yet to deliver.</param>
    public static WebhookSnapshot SnapshotOf(WebhookSpec webhook, WebhookState state, IEnumerable<WebhookDelivery> waiting) => new()
    {
        CallbackUrl = AddressOf(webhook),
        IsDisabled = state.IsDisabled,
        Delivered = state.Delivered,
        Failed = state.Failed,
        Dropped = state.Dropped,
        Deliveries = [.. state.Past, .. waiting],
    };

    /// <summary>Brings a webhook the state that its session has stored of it, and nothing to deliver.</summary>
    public static WebhookNews NewsOf(WebhookSpec webhook, ListenedSession session, WebhookState closed) =>
        NewsFor(webhook, session) with { After = closed.Done, UpTo = closed.Done, Closed = closed };

    /// <summary>Where it calls, without the query, which may hold secrets.</summary>
    public static string AddressOf(WebhookSpec webhook) => webhook.CallbackUrl.GetLeftPart(UriPartial.Path);

    /// <summary>One that is done with once is brought nothing again, though another has what it was brought come again.</summary>
    private async Task BringAsync(ListenedSession session, int place, WebhookNews news, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IWebhookGrain>(KeyOf(session.SessionId, place)).TakeAsync(news, cancellationToken) is { } closed)
        {
            session.ClosedWebhooks[place] = closed;
        }
    }

    private static WebhookNews NewsFor(WebhookSpec webhook, ListenedSession session, ImmutableArray<SessionEvent> events) => NewsFor(webhook, session) with
    {
        After = events[0].Number - 1,
        Lost = events[0].Number - 1 - session.Told,
        UpTo = events[^1].Number,
        Events = [.. events.Where(one => one.IsEnd() || webhook.Wants(one))],
        IsFirst = session.IsUnheard,
        IsKeptBySession = true,
        IsUnwritten = session.IsUnwritten,
    };

    private static WebhookNews NewsFor(WebhookSpec webhook, ListenedSession session) => new()
    {
        SubmittedAt = session.SubmittedAt,
        Webhook = webhook,
        Channels = webhook.ResultChannel is { } channel ? [channel] : [.. session.Spec.Channels.Where(each => each.Interested).Select(each => each.Name)],
        After = 0,
        UpTo = 0,
        Trace = session.Trace,
        Events = [],
    };
}
