using Confluent.Kafka;
using Orleans.Serialization;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Messages;

/// <summary>Makes containers of the messages of one partition. Not thread-safe.</summary>
internal sealed class MessageReader(Serializer serializer)
{
    // What a container takes beside value and envelope, about.
    private const int Overhead = 256;

    /// <summary>Messages that nobody can read go to a stream of their own, to which nobody subscribes, and so to the dead letters.</summary>
    public static readonly StreamId Unreadable = StreamId.Create("streaming.kafka", "unreadable");

    private StreamId _last = Unreadable;

    public KafkaBatchContainer Read(ConsumeResult<byte[]?, byte[]?> result, int generation)
    {
        var headers = result.Message.Headers ?? [];
        var value = result.Message.Value ?? [];
        headers.TryGetLastBytes(Envelope.Header, out var header);
        var bytes = value.Length + (header?.Length ?? 0) + Overhead;
        try
        {
            var envelope = Envelope.Read(header ?? throw new FormatException($"The message has no header '{Envelope.Header}'."), value.Length, _last);
            _last = envelope.Stream;
            return new(serializer, envelope, result.Offset, value, new(headers, bytes, generation, KafkaStreamTraces.Extract(headers), Fault: null));
        }
        catch (FormatException error)
        {
            return new(serializer, new(Unreadable, 0, default, default), result.Offset, value, new(headers, bytes, generation, Trace: null, error.Message));
        }
    }
}
