using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class InboxTests
{
    private static readonly SubSessionKey Reader = new(SessionIds.Create(), "reader");

    [Fact]
    public async Task Items_are_read_in_order_and_then_the_end()
    {
        var inbox = Open();

        inbox.Accept(Delivery(0, [1, 2]));
        inbox.Accept(Delivery(2, [3], ended: true));

        Assert.Equal([1, 2, 3], await ReadAllAsync(inbox));
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_by_an_item_and_by_the_end()
    {
        var inbox = Open();
        var first = inbox.ReadAsync().AsTask();
        Assert.False(first.IsCompleted);

        inbox.Accept(Delivery(0, [1]));
        Assert.Equal(0, (await first.OrFail("the item"))!.Value.Item.Sequence);
        var second = inbox.ReadAsync().AsTask();
        Assert.False(second.IsCompleted);
        inbox.Accept(Delivery(1, [], ended: true));

        Assert.Null(await second.OrFail("the end"));
    }

    [Fact]
    public void What_is_repeated_is_dropped_and_what_comes_too_early_is_asked_for_again()
    {
        var inbox = Open();
        inbox.Accept(Delivery(0, [1, 2]));

        Assert.Equal((2, 62), Taken(inbox.Accept(Delivery(0, [1, 2]))));
        Assert.Equal((3, 61), Taken(inbox.Accept(Delivery(1, [2, 3]))));
        Assert.Equal((3, 61), Taken(inbox.Accept(Delivery(5, [6]))));
        Assert.Equal((3, 61), Taken(inbox.Accept(Delivery(5, [], ended: true))));
        Assert.False(inbox.HasEnded);
    }

    [Fact]
    public void What_an_item_says_of_itself_takes_up_room_as_its_content_does()
    {
        var inbox = Open(windowBytes: 4_000);
        var item = Number(1).With(new() { Attributes = new { text = new string('x', 3_000) } });

        Assert.InRange(inbox.Accept(DeliveryOf(0, [item])).CreditBytes, 900, 999);
        Assert.Equal((2, 0), Taken(inbox.Accept(DeliveryOf(1, [item, item]))));
    }

    [Fact]
    public async Task The_end_comes_once_all_writers_have_ended()
    {
        var inbox = Open(writers: ["a", "b"]);

        inbox.Accept(Delivery(0, [1], ended: true, writer: "a"));
        inbox.Accept(Delivery(0, [1], ended: true, writer: "a"));
        Assert.False(inbox.HasEnded);
        inbox.Accept(Delivery(0, [2], ended: true, writer: "b"));

        Assert.True(inbox.HasEnded);
        Assert.Equal([1, 2], await ReadAllAsync(inbox));
    }

    [Fact]
    public async Task A_full_channel_takes_no_more_than_its_window()
    {
        var inbox = Open(windowItems: 3);

        Assert.Equal((3, 0), Taken(inbox.Accept(Delivery(0, [1, 2, 3, 4]))));
        Assert.Equal((3, 0), Taken(inbox.Accept(Delivery(3, [4]))));
        await inbox.ReadAsync();

        Assert.Equal((3, 1), Taken(inbox.Accept(Delivery(3, []))));
        Assert.Equal((4, 0), Taken(inbox.Accept(Delivery(3, [4, 5]))));
    }

    [Fact]
    public void A_channel_takes_bytes_up_to_its_window_and_one_item_more()
    {
        var inbox = Open(windowBytes: 10);

        var reply = inbox.Accept(DeliveryOf(0, [Bytes(4), Bytes(4)]));
        Assert.Equal((2, 62, 2L), (reply.NextSequence, reply.CreditItems, reply.CreditBytes));

        reply = inbox.Accept(DeliveryOf(2, [Bytes(100), Bytes(1)]));
        Assert.Equal((3, 0, 0L), (reply.NextSequence, reply.CreditItems, reply.CreditBytes));
    }

    [Fact]
    public void An_item_larger_than_the_window_passes_alone()
    {
        var inbox = Open(windowBytes: 10);

        Assert.Equal(1, inbox.Accept(DeliveryOf(0, [Bytes(100), Bytes(100)])).NextSequence);
    }

    [Fact]
    public async Task Who_asks_a_full_channel_is_answered_once_there_is_room()
    {
        var inbox = Open(windowItems: 1);
        inbox.Accept(Delivery(0, [1]));

        var asking = inbox.AcceptWithRoomAsync(Delivery(1, []), CancellationToken.None).AsTask();
        Assert.False(asking.IsCompleted);
        await inbox.ReadAsync();

        Assert.Equal((1, 1), Taken(await asking.OrFail("the room")));
    }

    [Fact]
    public async Task Who_asks_too_long_is_answered_without_room()
    {
        var inbox = Open(windowItems: 1);
        inbox.Accept(Delivery(0, [1]));
        using var patience = new CancellationTokenSource();
        var asking = inbox.AcceptWithRoomAsync(Delivery(1, []), patience.Token).AsTask();

        await patience.CancelAsync();

        Assert.Equal((1, 0), Taken(await asking.OrFail("the answer")));
    }

    [Fact]
    public async Task A_full_channel_holds_up_no_other()
    {
        var inbox = new Inbox([Link("A", "first", ["w"]), Link("B", "second", ["w"])], windowItems: 1, windowBytes: long.MaxValue);
        inbox.Accept(Delivery(0, [1], channel: "first"));

        Assert.Equal((1, 0), Taken(inbox.Accept(Delivery(1, [2], channel: "first"))));
        Assert.Equal((1, 0), Taken(inbox.Accept(Delivery(0, [9], channel: "second"))));
        await inbox.ReadAsync();

        Assert.Equal((1, 1), Taken(inbox.Accept(Delivery(1, [], channel: "first"))));
        Assert.Equal((1, 0), Taken(inbox.Accept(Delivery(1, [], channel: "second"))));
    }

    [Fact]
    public async Task Two_ports_on_one_channel_share_its_items()
    {
        var inbox = new Inbox([Link("A", "c", ["w"]), Link("B", "c", ["w"])], 64, long.MaxValue);

        inbox.Accept(Delivery(0, [1], ended: true));

        var item = await inbox.ReadAsync();
        Assert.Equal(["A", "B"], item!.Value.Channel.Ports);
        Assert.Null(await inbox.ReadAsync());
    }

    [Fact]
    public async Task Without_inputs_the_end_is_there_at_once()
    {
        var inbox = new Inbox([], 64, long.MaxValue);

        Assert.True(inbox.HasEnded);
        Assert.Null(await inbox.ReadAsync().AsTask().OrFail("the end"));
    }

    [Theory]
    [InlineData("other", "w")]
    [InlineData("c", "other")]
    public void Who_is_not_linked_is_told_that_the_reader_is_gone(string channel, string writer) =>
        Assert.True(Open().Accept(Delivery(0, [1], channel: channel, writer: writer)).Gone);

    [Fact]
    public async Task Closing_drops_what_waits_and_wakes_everybody()
    {
        var full = Open(windowItems: 1);
        full.Accept(Delivery(0, [1]));
        var asking = full.AcceptWithRoomAsync(Delivery(1, []), CancellationToken.None).AsTask();
        var empty = Open();
        var reading = empty.ReadAsync().AsTask();

        full.Close();
        full.Close();
        empty.Close();

        Assert.True((await asking.OrFail("the answer")).Gone);
        Assert.Null(await reading.OrFail("the end"));
        Assert.Null(await full.ReadAsync());
        Assert.True(full.Accept(Delivery(1, [2])).Gone);
    }

    [Fact]
    public async Task The_room_of_a_channel_is_shared_by_those_who_still_write_to_it()
    {
        var inbox = Open(writers: ["a", "b"], windowItems: 10);

        Assert.Equal((2, 4), Taken(inbox.Accept(Delivery(0, [1, 2], writer: "a"))));
        Assert.Equal((0, 8), Taken(inbox.Accept(Delivery(0, [], ended: true, writer: "b"))));
        await inbox.ReadAsync();

        Assert.Equal((2, 9), Taken(inbox.Accept(Delivery(2, [], writer: "a"))));
    }

    [Fact]
    public async Task A_channel_that_delivers_the_latest_holds_its_newest_item_and_counts_the_others()
    {
        var inbox = OpenLatest(["w"]);

        Assert.Equal((3, 1), Taken(inbox.Accept(Delivery(0, [1, 2, 3]))));
        Assert.Equal((8, 1), Taken(inbox.Accept(Delivery(7, [8], ended: true))));

        Assert.Equal([8], await ReadAllAsync(inbox));
        Assert.Equal(7, inbox.Dropped);
    }

    [Fact]
    public async Task The_newest_item_waits_where_the_first_one_did()
    {
        var inbox = new Inbox([Link("A", "live", ["w"], DeliveryMode.Latest), Link("B", "all", ["w"])], 64, long.MaxValue);

        inbox.Accept(Delivery(0, [1], channel: "live"));
        inbox.Accept(Delivery(0, [10], channel: "all"));
        inbox.Accept(Delivery(1, [2], channel: "live", ended: true));
        inbox.Accept(Delivery(1, [11], channel: "all", ended: true));

        Assert.Equal([2, 10, 11], await ReadAllAsync(inbox));
        Assert.Equal(1, inbox.Dropped);
    }

    [Fact]
    public async Task What_is_read_in_time_is_not_dropped()
    {
        var inbox = OpenLatest(["a", "b"]);
        var read = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            inbox.Accept(Delivery(i, [i], writer: "a"));
            inbox.Accept(Delivery(i, [i], writer: "a"));
            read.Add(BitConverter.ToInt32((await inbox.ReadAsync())!.Value.Item.Payload.Bytes.Span));
        }

        Assert.Equal([0, 1, 2], read);
        Assert.Equal(0, inbox.Dropped);
    }

    private static Inbox OpenLatest(string[] writers) =>
        new([Link("In", "c", writers, DeliveryMode.Latest)], windowItems: 1, windowBytes: 1);

    private static Inbox Open(string[]? writers = null, int windowItems = 64, long windowBytes = long.MaxValue) =>
        new([Link("In", "c", writers ?? ["w"])], windowItems, windowBytes);

    private static InputLink Link(string port, string channel, string[] writers, DeliveryMode delivery = DeliveryMode.Every) =>
        new() { Port = port, Channel = channel, Type = ChannelType.Json, Writers = [.. writers], Delivery = delivery };

    private static ChannelDelivery DeliveryOf(long first, Payload[] items, bool ended = false, string channel = "c", string writer = "w") =>
        new() { Reader = Reader, Epoch = 1, Channel = channel, Producer = writer, FirstSequence = first, Items = [.. items], Ended = ended };

    private static ChannelDelivery Delivery(long first, int[] items, bool ended = false, string channel = "c", string writer = "w") =>
        DeliveryOf(first, [.. items.Select(Number)], ended, channel, writer);

    private static Payload Number(int number) => Payload.Json(BitConverter.GetBytes(number));

    private static Payload Bytes(int length) => Payload.Inline(ChannelType.File, "x/y", new byte[length]);

    private static (long Next, int Credit) Taken(DeliveryReply reply) => (reply.NextSequence, reply.CreditItems);

    private static async Task<ImmutableArray<int>> ReadAllAsync(Inbox inbox)
    {
        var read = ImmutableArray.CreateBuilder<int>();
        while (await inbox.ReadAsync().AsTask().OrFail("an item, or the end") is { } item)
        {
            read.Add(BitConverter.ToInt32(item.Item.Payload.Bytes.Span));
        }

        return read.ToImmutable();
    }
}
