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

    public Task TakeAsync(ListenedSession session, ImmutableArray<SessionEvent> events, CancellationToken cancellationToken) =>
        Task.WhenAll(session.Spec.Webhooks.Select((webhook, place) => (Place: place, News: NewsFor(webhook, session, events)))
            .Where(one => !one.News.Events.IsEmpty || one.News.Lost > 0)
            .Select(one => grains.GetGrain<IWebhookGrain>(KeyOf(session.SessionId, one.Place)).TakeAsync(one.News, cancellationToken)));

    public static string KeyOf(string sessionId, int place) => string.Create(CultureInfo.InvariantCulture, $"{sessionId}/{place}");

    public static string SessionOf(string key) => key[..key.LastIndexOf('/')];

    public static int PlaceOf(string key) => int.Parse(key.AsSpan(key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    /// <summary>A webhook that was brought no event yet.</summary>
    public static WebhookSnapshot Unused(WebhookSpec webhook) => new() { CallbackUrl = AddressOf(webhook), Deliveries = [] };

    /// <summary>Where it calls, without the query, which may hold secrets.</summary>
    public static string AddressOf(WebhookSpec webhook) => webhook.CallbackUrl.GetLeftPart(UriPartial.Path);

    private static WebhookNews NewsFor(WebhookSpec webhook, ListenedSession session, ImmutableArray<SessionEvent> events) => new()
    {
        SubmittedAt = session.SubmittedAt,
        Webhook = webhook,
        Channels = webhook.ResultChannel is { } channel ? [channel] : [.. session.Spec.Channels.Where(each => each.Interested).Select(each => each.Name)],
        After = events[0].Number - 1,
        Lost = events[0].Number - 1 - session.Told,
        UpTo = events[^1].Number,
        Trace = session.Trace,
        Events = [.. events.Where(one => one.IsEnd() || webhook.Wants(one))],
    };
}
