using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class ReaderLinkTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Theory]
    [InlineData(DeliveryMode.Every)]
    [InlineData(DeliveryMode.Latest)]
    public async Task A_last_item_goes_out_together_with_the_end(DeliveryMode mode)
    {
        var transport = new ScriptedTransport(delivery => new(ScriptedTransport.Taken(delivery)));

        await Open(transport, mode).EndAsync(Number(1)).OrFail("the end");

        var only = Assert.Single(transport.Deliveries);
        Assert.Equal((true, 0L, 1), (only.Ended, only.FirstSequence, Assert.Single(only.Items).Bytes.Span[0]));
    }

    [Fact]
    public async Task A_writer_that_begins_anew_goes_on_where_the_reader_is()
    {
        var inbox = new Inbox([new() { Port = "In", Channel = "c", Type = ChannelType.Json, Writers = ["writer"] }], windowItems: 64, long.MaxValue);
        var transport = new ScriptedTransport(delivery => delivery.Items.IsEmpty && !delivery.Ended
            ? inbox.AcceptWithRoomAsync(delivery, CancellationToken.None)
            : new(inbox.Accept(delivery)));
        var first = Open(transport, DeliveryMode.Every);
        for (byte i = 0; i < 5; i++)
        {
            await first.WriteAsync(Number(i)).AsTask().OrFail("room");
        }

        var anew = Open(transport, DeliveryMode.Every);
        for (byte i = 0; i < 9; i++)
        {
            await anew.WriteAsync(Number(i)).AsTask().OrFail("room");
        }

        await anew.EndAsync(Number(9)).OrFail("the end");

        var read = new List<int>();
        while (await inbox.ReadAsync() is { } next)
        {
            read.Add(next.Item.Payload.Bytes.Span[0]);
        }

        Assert.Equal(Enumerable.Range(0, 10), read);
    }

    [Fact]
    public async Task What_fails_on_the_way_is_the_writers_to_hear()
    {
        var link = Open(new(_ => throw new TimeoutException("lost")), DeliveryMode.Every);

        await Assert.ThrowsAsync<TimeoutException>(() => link.EndAsync(Number(1)).OrFail("the failure"));
    }

    [Fact]
    public void An_end_that_is_on_no_instance_is_sent_nothing()
    {
        var error = Assert.Throws<BlueEdgeException>(() => ChannelEnd.StartData.Instance);

        Assert.Contains("Client", error.Message, StringComparison.Ordinal);
    }

    private static Payload Number(byte number) => Payload.Json(new[] { number });

    private ReaderLink Open(ScriptedTransport transport, DeliveryMode mode) => ReaderLink.Open(
        new() { Port = "", Channel = "c", Type = ChannelType.Json, Interested = false, Readers = [], Delivery = mode },
        new() { Name = "reader", Address = "instance" },
        new(SessionIds.Create(), "writer"),
        epoch: 1,
        transport,
        windowItems: 64,
        long.MaxValue,
        _stopping.Token);
}
