using BlueEdge.Webhooks;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Delivers the events of one session to one of its webhooks; the key is <c>{session}/{place in its spec}</c>.</summary>
[Alias("blueedge.webhook")]
internal interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes events. Returns once they are delivered, or once it is written down that they have yet to be. They may come again.
    /// </summary>
    /// <returns>
    /// Its state, where the session's end is delivered and nothing is stored of it: it is the session's to store, if that says that
    /// it does. Else <see langword="null"/>.
    /// </returns>
    [Alias("take"), AlwaysInterleave]
    Task<WebhookState?> TakeAsync(WebhookNews news, CancellationToken cancellationToken);

    /// <summary>What became of the session's events so far; <see langword="null"/> where it was brought none, or their time is over.</summary>
    /// <param name="submittedAt">When the session was submitted: there may have been another one under its id.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [Alias("read"), AlwaysInterleave]
    Task<WebhookSnapshot?> ReadAsync(DateTimeOffset submittedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Sends an event once more, now, whatever became of it, and says what came back; <see langword="null"/> where it is not kept any more.
    /// </summary>
    [Alias("redeliver"), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<WebhookDelivery?> RedeliverAsync(DeliveryId id, CancellationToken cancellationToken);
}
