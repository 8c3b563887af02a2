using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.Grains.Channels;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class MailboxCodecTests
{
    private readonly MailboxCodec _envelope =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer<ChannelDelivery>>());

    [Fact]
    public void A_delivery_is_read_as_it_was_written()
    {
        var delivery = Delivery(
            Payload.Inline(ChannelType.File, "text/plain", "few"u8.ToArray()),
            Payload.Inline(ChannelType.Image, "image/png", default),
            Payload.ByReference(ChannelType.File, "video/mp4", new() { SessionId = "s", Name = "b" }, 5_000_000),
            Payload.Inline(ChannelType.File, "text/plain", Enumerable.Range(0, 70_000).Select(each => (byte)each).ToArray()));

        var (read, _) = _envelope.Read(_envelope.Write(delivery));

        Assert.NotNull(read);
        Assert.Equal(delivery with { Items = [] }, read with { Items = [] });
        Assert.Equal(delivery.Items.Select(Said), read.Items.Select(Said));
        Assert.Equal(delivery.Items.Select(item => item.Bytes.ToArray()), read.Items.Select(item => item.Bytes.ToArray()));
    }

    [Fact]
    public void What_items_say_of_themselves_is_read_as_it_was_written() =>
        Gen.Select(Gen.String.Null(), Gen.String.Array[0, 4], Gen.Byte.Array[0, 100], Gen.Bool, Gen.Byte.Array[0, 30]).Array[1, 5].Sample(items =>
        {
            var delivery = Delivery([.. items.Select(item => Payload.Inline(ChannelType.File, "text/plain", item.Item5) with
            {
                Envelope = item.Item4 ? new() { Key = item.Item1, Tags = [.. item.Item2], Attributes = item.Item3 } : null,
            })]);

            var (read, _) = _envelope.Read(_envelope.Write(delivery));

            Assert.NotNull(read);
            Assert.Equal(delivery.Items.Select(item => item.Envelope is null), read.Items.Select(item => item.Envelope is null));
            Assert.Equal(delivery.Items.Select(item => item.Envelope?.Key), read.Items.Select(item => item.Envelope?.Key));
            Assert.Equal(delivery.Items.Select(item => item.Envelope?.Tags), read.Items.Select(item => item.Envelope?.Tags));
            Assert.Equal(delivery.Items.Select(item => item.Envelope?.Attributes.ToArray()), read.Items.Select(item => item.Envelope?.Attributes.ToArray()));
            Assert.Equal(delivery.Items.Select(item => item.Bytes.ToArray()), read.Items.Select(item => item.Bytes.ToArray()));
        });

    [Fact]
    public void A_delivery_without_items_says_its_end()
    {
        var (read, _) = _envelope.Read(_envelope.Write(Delivery() with { Ended = true }));

        Assert.True(read is { Ended: true, Items.IsEmpty: true, FirstSequence: 7 });
    }

    [Fact]
    public void Only_a_payload_that_is_most_of_its_message_is_a_part_of_it()
    {
        var message = _envelope.Write(Delivery(
            Payload.Inline(ChannelType.File, "text/plain", new byte[100]), Payload.Inline(ChannelType.File, "text/plain", new byte[100_000])));

        var (read, _) = _envelope.Read(message);

        Assert.NotNull(read);
        Assert.Equal([false, true], read.Items.Select(item => ArrayOf(item.Bytes) == ArrayOf(message)));
    }

    [Fact]
    public void A_message_is_an_array_of_just_its_length()
    {
        var message = _envelope.Write(Delivery(Payload.Inline(ChannelType.File, "text/plain", new byte[100_000])));

        Assert.Equal(message.Length, ArrayOf(message)?.Length);
    }

    [Fact]
    public void A_probe_is_told_from_a_delivery()
    {
        var id = Guid.NewGuid();

        Assert.Equal((null, id), _envelope.Read(MailboxCodec.OfProbe(id)));
    }

    [Fact]
    public void A_message_of_another_version_is_refused() =>
        Assert.Contains("version 9", Assert.Throws<BlueEdgeException>(() => _envelope.Read(new byte[] { 9 })).Message, StringComparison.Ordinal);

    private static ChannelDelivery Delivery(params ImmutableArray<Payload> items) => new()
    {
        Reader = new("session", "reader"),
        Epoch = 2,
        Channel = "c",
        Producer = "w",
        FirstSequence = 7,
        Items = items,
    };

    private static Payload Said(Payload payload) => payload with { Bytes = default };

    private static byte[]? ArrayOf(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array) ? array.Array : null;
}
