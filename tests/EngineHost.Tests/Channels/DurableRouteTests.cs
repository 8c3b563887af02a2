using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class DurableRouteTests
{
    [Fact]
    public async Task Messages_stay_small_also_where_items_are_all_attributes()
    {
        const int LargestMessage = 1_000_000;
        var written = new List<ChannelDelivery>();
        var route = new DurableRoute(new ScriptedTransport(delivery => new(ScriptedTransport.Taken(delivery))), (deliveries, _) =>
        {
            written.AddRange(deliveries);
            return Task.CompletedTask;
        });
        var item = Payload.Json("1"u8.ToArray()).With(new() { Attributes = new { text = new string('x', 4_000) } });

        await route.DeliverAsync(
            new() { Reader = new(SessionIds.Create(), "r"), Epoch = 1, Channel = "c", Producer = "w", FirstSequence = 0, Items = [.. Enumerable.Repeat(item, 1_000)], Ended = true },
            TestContext.Current.CancellationToken);

        Assert.Equal(1_000, written.Sum(message => message.Items.Length));
        Assert.All(written, message => Assert.InRange(message.Items.Sum(each => each.Envelope!.Attributes.Length), 1, LargestMessage)); // Given above.
    }
}
