using BlueEdge.Sessions;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Calls nobody, and answers what the test says.</summary>
internal sealed class FakeWebhookTest(FakeGrains grains) : IWebhookTestGrain
{
    public WebhookSpec? Called { get; private set; }

    public WebhookTestReport Report { get; set; } = new() { Attempt = new() { At = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromMilliseconds(12), StatusCode = 204, Answer = "" } };

    public async Task<WebhookTestReport> CallAsync(WebhookSpec webhook, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(CallAsync));
        Called = webhook;
        return Report;
    }
}
