using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Streams;

namespace Streaming.Kafka.Messages;

/// <summary>
/// The events of one message. They are read out of its bytes only when a subscriber takes them, and binary ones are handed
/// out as parts of it. It never changes, so that a silo passes it to its own grains without a copy.
/// </summary>
[GenerateSerializer, Immutable, Alias("streaming.kafka.container")]
internal sealed class KafkaBatchContainer : IBatchContainer
{
    /// <summary>
    /// The event index of a container's own token: behind its last event. To Orleans a token that a container bears is one
    /// that a subscriber has got through; a token (offset, index) of an event, which only users hand in, is so always before
    /// its container's, and resuming from it includes it.
    /// </summary>
    public const int BehindLastEvent = int.MaxValue;

    [NonSerialized]
    private readonly Serializer _serializer;
    [NonSerialized]
    private EventSequenceTokenV2? _token;

    [GeneratedActivatorConstructor]
    public KafkaBatchContainer(Serializer serializer) => _serializer = serializer;

    public KafkaBatchContainer(Serializer serializer, Envelope envelope, long offset, byte[] value, MessageSource source)
        : this(serializer) =>
        (StreamId, Count, Lengths, Context, Offset, Value, Source) =
        (envelope.Stream, envelope.Count, envelope.Lengths, envelope.Context, offset, value, source);

    [Id(0)]
    public StreamId StreamId { get; private set; }

    [Id(1)]
    public long Offset { get; private set; }

    [Id(2)]
    public int Count { get; private set; }

    [Id(3)]
    public ReadOnlyMemory<byte> Lengths { get; private set; }

    [Id(4)]
    public ReadOnlyMemory<byte> Context { get; private set; }

    [Id(5)]
    public byte[] Value { get; private set; } = [];

    /// <summary>How many events at the beginning are left out, because a subscriber resumes behind them.</summary>
    [Id(6)]
    public int Skipped { get; private set; }

    /// <summary>Null on a container that came from another silo.</summary>
    [field: NonSerialized]
    public MessageSource? Source { get; }

    public StreamSequenceToken SequenceToken => _token ??= new(Offset, BehindLastEvent);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>()
    {
        var start = 0;
        var lengths = Lengths;
        for (var i = 0; i < Count; i++)
        {
            var each = ReadLength(ref lengths);
            var bytes = Value.AsMemory(start, (int)(each >> 1));
            start += bytes.Length;
            if (i >= Skipped)
            {
                yield return new(new EventBytes(bytes, IsRaw: (each & 1) == 1).To<T>(_serializer), new EventSequenceTokenV2(Offset, i));
            }
        }
    }

    public bool ImportRequestContext()
    {
        if (Context.IsEmpty)
        {
            return false;
        }

        RequestContextExtensions.Import(_serializer.Deserialize<Dictionary<string, object>>(Context)!); // Written from one.
        return true;
    }

    /// <summary>The same container without its first events.</summary>
    public KafkaBatchContainer Skip(int events) => new(_serializer)
    {
        StreamId = StreamId,
        Offset = Offset,
        Count = Count,
        Lengths = Lengths,
        Context = Context,
        Value = Value,
        Skipped = events,
    };

    private static uint ReadLength(ref ReadOnlyMemory<byte> lengths)
    {
        var rest = lengths.Span;
        var length = VariableLength.Read(ref rest);
        lengths = lengths[^rest.Length..];
        return length;
    }
}
