using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sockets.Flow;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Gateway.Sockets.Messages;
using CsCheck;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>The frames of a socket, apart from any.</summary>
public sealed class FrameTests
{
    private static readonly Gen<FrameHeader> AnyHeader =
        Gen.Select(Gen.Int[0, 2].Select(flags => (FrameFlags)flags), Gen.Byte[1, 255], Gen.Int[0, int.MaxValue], Gen.Long[0, long.MaxValue - 1], Gen.Int[0, FrameHeader.MostMetadata])
            .Select(all => new FrameHeader(all.Item1, all.Item2, all.Item3, all.Item4, all.Item5));

    [Fact]
    public void A_header_is_read_as_it_was_written() => AnyHeader.Sample(header =>
    {
        var bytes = new byte[FrameHeader.Size];
        header.Write(bytes);

        Assert.Equal(header, FrameHeader.Parse(bytes, out var fault));
        Assert.Equal("", fault);
    });

    [Fact]
    public void A_header_lies_on_the_wire_as_the_guide_says()
    {
        var bytes = new byte[FrameHeader.Size];

        new FrameHeader(FrameFlags.More, 2, 3, 0x0102030405060708, 4).Write(bytes);

        Assert.Equal("01010200030000000807060504030201" + "0400000000000000", Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(0, 0, "version")]
    [InlineData(0, 2, "version")]
    [InlineData(1, 3, "flags")]
    [InlineData(1, 4, "flags")]
    [InlineData(1, 128, "flags")]
    [InlineData(2, 0, "channel")]
    [InlineData(3, 1, "channel")]
    [InlineData(7, 128, "epoch")]
    [InlineData(15, 128, "sequence")]
    [InlineData(17, 17, "metadata length")]
    [InlineData(19, 255, "metadata length")]
    [InlineData(20, 1, "last four bytes")]
    [InlineData(23, 1, "last four bytes")]
    public void Each_field_that_is_wrong_is_named(int place, int value, string named)
    {
        var bytes = new byte[FrameHeader.Size];
        new FrameHeader(FrameFlags.None, 1, 0, 0, 0).Write(bytes);
        bytes[place] = (byte)value;

        FrameHeader.Parse(bytes, out var fault);

        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_ends_within_its_header_is_none() => Gen.Byte.Array[0, FrameHeader.Size - 1].Sample(bytes =>
    {
        FrameHeader.Parse(bytes, out var fault);

        Assert.Contains("24 bytes", fault, StringComparison.Ordinal);
    });

    [Fact]
    public void Ten_thousand_mutations_are_read_or_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, Samples.Length - 1].Select(place => Samples[place]), Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[1, 6], Gen.Int[0, 400]).Sample(
            (sample, changes, length) =>
            {
                byte[] bytes = [.. sample];
                foreach (var (place, value) in changes)
                {
                    bytes[place % bytes.Length] = value;
                }

                bytes = bytes[..Math.Max(1, bytes.Length - (length % 7 == 0 ? length % bytes.Length : 0))];
                var message = ControlFrames.Parse(bytes, out var fault);
                Assert.True(fault is not "" || message.Type is "open" or "credit" or "end");

                var header = FrameHeader.Parse(bytes, out fault);
                if (fault is "" && header.MetadataLength <= bytes.Length - FrameHeader.Size)
                {
                    var faults = new BodyFaults();
                    try
                    {
                        FrameMetadata.Read(bytes.AsMemory(FrameHeader.Size, header.MetadataLength), faults);
                    }
                    catch (JsonException)
                    {
                        // It is none.
                    }
                }
            },
            iter: 10_000);

    [Theory]
    [InlineData("{\"type\":\"open\",\"channel\":1,\"name\":\"a\",\"direction\":\"in\",\"writer\":\"w\",\"future\":[1]}", "")]
    [InlineData("{\"type\":\"credit\",\"channel\":255,\"items\":0,\"bytes\":9007199254740992}", "")]
    [InlineData("null", "null")]
    [InlineData("[]", "no control message")]
    [InlineData("{", "no control message")]
    [InlineData("{}", "/type")]
    [InlineData("{\"type\":\"opened\",\"channel\":1}", "/type")]
    [InlineData("{\"type\":\"end\"}", "/channel")]
    [InlineData("{\"type\":\"end\",\"channel\":0}", "/channel")]
    [InlineData("{\"type\":\"end\",\"channel\":256}", "/channel")]
    [InlineData("{\"type\":\"end\",\"channel\":\"1\"}", "$.channel")]
    [InlineData("{\"type\":\"end\",\"channel\":1,\"channel\":2}", "there twice")]
    [InlineData("{\"type\":\"open\",\"channel\":1,\"name\":\"\\ud800\"}", "no control message")]
    [InlineData("{\"type\":\"credit\",\"channel\":1,\"items\":-1}", "/items")]
    [InlineData("{\"type\":\"credit\",\"channel\":1,\"bytes\":9007199254740993}", "/bytes")]
    [InlineData("{\"type\":\"end\",\"channel\":1} 2", "no control message")]
    public void A_control_message_is_taken_or_told_what_is_wrong_with_it(string text, string named)
    {
        ControlFrames.Parse(Encoding.UTF8.GetBytes(text), out var fault);

        Assert.Contains(named, fault, StringComparison.Ordinal);
        Assert.Equal(named is "", fault is "");
    }

    [Fact]
    public void What_is_no_UTF8_is_no_control_message()
    {
        ControlFrames.Parse([(byte)'"', 0xFF, (byte)'"'], out var fault);

        Assert.Contains("UTF-8", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_items_metadata_says_what_it_is_and_its_content_is_not_copied()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var item = Payload.Inline(ChannelType.Image, "image/png", bytes) with { Envelope = new() { Key = "k", Tags = ["t"], Attributes = "{\"page\":1}"u8.ToArray() } };

        var frame = ItemFrames.First(new(FrameFlags.None, 1, 1, 5, 0), item, bytes);

        Assert.Equal(WebSocketMessageType.Binary, frame.Type);
        Assert.Equal("""{"mediaType":"image/png","length":3,"key":"k","tags":["t"],"attributes":{"page":1}}""", Encoding.UTF8.GetString(frame.Head.Span[24..]));
        Assert.True(frame.Content.Span.Overlaps(bytes));
    }

    [Fact]
    public void Whatever_is_sent_and_given_back_nobody_has_more_than_the_window_and_nobody_waits_for_ever() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 2_000], Gen.Int[0, 5_000].Array[0, 100], Gen.Int[1, 10].Array[1, 100]).Sample((items, bytes, sizes, runs) =>
        {
            CreditWindow window = new(items, bytes);
            Credit client = new(items, bytes);
            Queue<int> underWay = [];
            var run = 0;
            foreach (var size in sizes)
            {
                while (!client.HasRoom)
                {
                    Settle(Math.Min(runs[run++ % runs.Length], underWay.Count));
                }

                Assert.Equal(client, window.Left);
                client = client.Take(size);
                window.Take(size);
                underWay.Enqueue(size);
                Assert.True(underWay.Count <= items && underWay.Sum() - underWay.Max() <= bytes);
            }

            Settle(underWay.Count);
            Assert.True(client.HasRoom && client.Items <= items && client.Bytes <= bytes);

            void Settle(int count)
            {
                // Where nothing is under way the client has room: else it would wait for ever.
                Assert.True(count > 0 || client.HasRoom);
                var size = Enumerable.Range(0, count).Sum(_ => (long)underWay.Dequeue());
                client = window.Settle(count, size) is { } given ? client.Add(given) : client;
            }
        });

    [Fact]
    public async Task Who_waits_for_credit_has_it_as_soon_as_it_is_given()
    {
        CreditGate gate = new();
        Assert.False(gate.TryTake(1));
        var room = gate.HasRoomAsync();

        gate.Add(new(1, 0));
        Assert.False(room.IsCompleted);
        gate.Add(new(0, 5));
        await room.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(gate.TryTake(9));
        gate.Add(new(1, 4));
        Assert.False(gate.TryTake(0)); // It owes as much.
        gate.Add(new(Credit.Most, Credit.Most));
        gate.Add(new(Credit.Most, Credit.Most));
        Assert.True(gate.TryTake(0));
    }

    private static byte[][] Samples { get; } =
    [
        SocketClient.Frame(1, 0, "{\"a\":1}"u8.ToArray(), "{\"mediaType\":\"application/json\",\"key\":\"k\",\"tags\":[\"t\"],\"attributes\":{\"a\":[1]}}"),
        SocketClient.Frame(1, 7, [], "{\"blob\":\"blob-x\"}", flags: 2),
        SocketClient.Frame(3, 7, new byte[64], flags: 1),
        "{\"type\":\"open\",\"channel\":1,\"name\":\"a\",\"direction\":\"out\",\"after\":\"1:2\",\"items\":1,\"bytes\":10}"u8.ToArray(),
        "{\"type\":\"credit\",\"channel\":1,\"items\":1,\"bytes\":10}"u8.ToArray(),
    ];
}
