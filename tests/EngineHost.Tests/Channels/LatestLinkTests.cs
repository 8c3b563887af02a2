using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class LatestLinkTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task While_a_delivery_is_under_way_only_the_newest_item_waits_and_the_writer_never_does()
    {
        var first = new TaskCompletionSource<DeliveryReply>();
        var transport = new ScriptedTransport(delivery => delivery.FirstSequence == 0 ? new(first.Task) : new(ScriptedTransport.Taken(delivery)));
        var link = Open(transport);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(link.WriteAsync(Number(i)).AsTask().IsCompletedSuccessfully);
        }

        first.SetResult(ScriptedTransport.Taken(transport.Deliveries.First()));
        await link.EndAsync().OrFail("the end");

        Assert.Equal([0, 999], transport.Deliveries.SelectMany(delivery => delivery.Items).Select(Value));
        Assert.Equal([0, 999], transport.Deliveries.Where(delivery => !delivery.Items.IsEmpty).Select(delivery => delivery.FirstSequence));
        Assert.True(transport.Deliveries.Last().Ended);
    }

    [Fact]
    public async Task The_end_tells_how_many_there_were()
    {
        var transport = new ScriptedTransport(delivery => new(ScriptedTransport.Taken(delivery)));
        var link = Open(transport);
        await link.WriteAsync(Number(1));
        await link.WriteAsync(Number(2));

        await link.EndAsync().OrFail("the end");

        var last = transport.Deliveries.Last();
        Assert.Equal((true, 2L), (last.Ended, last.FirstSequence + last.Items.Length));
        Assert.Single(transport.Deliveries, delivery => delivery.Ended);
    }

    [Fact]
    public async Task A_reader_that_has_not_begun_gets_the_newest_item_once_it_has()
    {
        var asked = 0;
        var transport = new ScriptedTransport(async delivery =>
        {
            await Task.Yield();
            return ++asked < 4 ? ScriptedTransport.NotYet(delivery) : ScriptedTransport.Taken(delivery);
        });
        var link = Open(transport);

        await link.WriteAsync(Number(7));
        await link.EndAsync().OrFail("the end");

        Assert.Equal(7, Value(transport.Deliveries.Last().Items[0]));
    }

    [Fact]
    public async Task A_reader_that_never_begins_fails_the_writer()
    {
        var link = Open(new(async delivery =>
        {
            await Task.Yield();
            return ScriptedTransport.NotYet(delivery);
        }));
        await link.WriteAsync(Number(1));

        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => link.EndAsync().OrFail("the failure"));

        Assert.Contains("never began", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BlueEdgeException>(async () => await link.WriteAsync(Number(2)));
    }

    [Fact]
    public async Task A_reader_that_is_over_is_sent_nothing_more()
    {
        var transport = new ScriptedTransport(_ => new(ScriptedTransport.Gone()));
        var link = Open(transport);

        await link.WriteAsync(Number(1));
        await link.WriteAsync(Number(2));
        await link.EndAsync().OrFail("the end");

        Assert.Single(transport.Deliveries);
    }

    private static Payload Number(int number) => Payload.Json(BitConverter.GetBytes(number));

    private static int Value(Payload payload) => BitConverter.ToInt32(payload.Bytes.Span);

    private ReaderLink Open(ScriptedTransport transport) => ReaderLink.Open(
        new() { Port = "Out", Channel = "c", Type = ChannelType.Json, Interested = false, Readers = [], Delivery = DeliveryMode.Latest },
        new() { Name = "reader", Address = "instance" },
        new(SessionIds.Create(), "writer"),
        epoch: 1,
        transport,
        windowItems: 1,
        windowBytes: 1,
        _stopping.Token);
}
