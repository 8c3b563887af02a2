using System.Diagnostics;
using BlueEdge.Grains.Telemetry;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>The spans of deliveries, a span each try, in the trace of their session.</summary>
internal static class WebhookTraces
{
    private static readonly ActivitySource Source = new("BlueEdge.Webhooks");

    /// <summary>Tells of a try; nothing of one that was not made.</summary>
    public static void Tell(string? trace, DeliveryId id, WebhookCall call, DateTimeOffset began, DateTimeOffset ended)
    {
        if (trace is not null && call.Attempt is { } attempt)
        {
            Source.Tell(
                "webhook",
                trace,
                began,
                ended,
                [new("blueedge.session.id", id.SessionId), new("blueedge.event", id.Event), new("http.response.status_code", attempt.StatusCode)],
                attempt.IsDelivered ? null : attempt.Error);
        }
    }
}
