using CsCheck;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Partitions;

namespace Streaming.Kafka;

public sealed class EnvelopeTests
{
    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[1, 300], Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool).Array[0, 50], Gen.Byte.Array[0, 20])
            .Sample((name, key, events, context) =>
            {
                var stream = StreamId.Create(name, key);
                EventBytes[] bytes = [.. events.Select(each => new EventBytes(each.Item1, each.Item2))];

                var envelope = Envelope.Read(Envelope.Write(stream, bytes, context), bytes.Sum(each => each.Bytes.Length), MessageReader.Unreadable);

                Assert.Equal((stream, bytes.Length), (envelope.Stream, envelope.Count));
                Assert.Equal(context, envelope.Context.ToArray());
            });

    [Fact]
    public void A_header_that_is_cut_or_new_is_refused()
    {
        var header = Envelope.Write(StreamId.Create("name", "key"), [new(new byte[200], true)], default);

        for (var length = 0; length < header.Length; length++)
        {
            Assert.Throws<FormatException>(() => Envelope.Read(header[..length], 200, default));
        }

        header[0] = 2;
        Assert.Contains("version 2", Assert.Throws<FormatException>(() => Envelope.Read(header, 200, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_partition_of_a_stream_never_changes()
    {
        var partitioner = new HashPartitioner();

        Assert.Equal([9, 0, 3], ((string[])["a", "b", "c"]).Select(key => partitioner.GetPartition(StreamId.Create("name", key), 16)));
    }
}
