using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BlueEdge.Grains.Tests.Webhooks;

public sealed class FormerStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_a_former_build_stored_of_a_webhook_is_read()
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var webhook = new WebhookSpec { StatusTypes = ["finish"], CallbackUrl = new("https://example.org/") };
        var former = new FormerState { SubmittedAt = Noon, Webhook = webhook, Done = 8, EndedAt = Noon, IsClosed = true, Delivered = 8, Channels = ["Result"] };

        var state = serializer.Deserialize<WebhookState>(serializer.SerializeToArray(former));

        Assert.NotNull(state);
        Assert.Equal((Noon, 8L, true, 8L, "Result"), (state.SubmittedAt, state.Done, state.IsClosed, state.Delivered, Assert.Single(state.Channels)));
        Assert.Equal(webhook.CallbackUrl, state.Webhook?.CallbackUrl);
    }
}
