using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Webhooks;

/// <summary>Calls a receiver with an event that is none, so that somebody can see whether it would take one. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.webhook-test")]
public interface IWebhookTestGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>The type of what is sent; no webhook of a session is called with it unless one of its engines says so.</summary>
    const string EventType = "test";

    /// <summary>
    /// Sends one event of type <see cref="EventType"/>, once, and says what came back within <c>BlueEdge:Outbound:Timeout</c>; that
    /// includes the time it waits for other calls to the same address. What the address answers is no fault of the call.
    /// </summary>
    /// <param name="webhook">
    /// Whom to call, with what headers and which secret. Headers are taken as they are, and not kept; types and channel mean nothing.
    /// </param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Alias("call"), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<WebhookTestReport> CallAsync(WebhookSpec webhook, CancellationToken cancellationToken);
}
