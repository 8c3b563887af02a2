using System.Diagnostics;
using System.Runtime.InteropServices;
using Streaming.Kafka.Messages;

namespace Streaming.Kafka.Producing;

/// <summary>Events of one stream that are gathered to be sent as one message.</summary>
internal sealed class OutgoingContainer(int partition, StreamId stream, ReadOnlyMemory<byte> context)
{
    private readonly List<EventBytes> _events = [];
    private readonly List<Write> _writes = [];

    public int Partition => partition;

    public StreamId Stream => stream;

    public int Count => _events.Count;

    /// <summary>What it counts against the limits: its bytes, and something for each event.</summary>
    public long Size { get; private set; }

    /// <summary>The events' own bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The trace of the first write; a message has one parent.</summary>
    public ActivityContext Trace => _writes[0].Trace;

    /// <summary>The traces of the other writes.</summary>
    public IEnumerable<ActivityLink> OtherTraces =>
        _writes.Skip(1).Select(write => write.Trace).Distinct().Where(trace => trace != default && trace != Trace).Select(trace => new ActivityLink(trace));

    public void Add(EventBytes each, Write write)
    {
        _events.Add(each);
        _writes.Add(write);
        Size += Write.SizeOf(each);
        Bytes += each.Bytes.Length;
    }

    public byte[] ToEnvelope() => Envelope.Write(stream, _events, context);

    /// <summary>The events one after the other. A single event that is an array is not copied.</summary>
    public byte[] ToValue()
    {
        if (_events is [var only] &&
            MemoryMarshal.TryGetArray(only.Bytes, out var array) &&
            array.Array is { } whole && array.Count == whole.Length)
        {
            return whole;
        }

        var value = new byte[_events.Sum(each => each.Bytes.Length)];
        var start = 0;
        foreach (var each in _events)
        {
            each.Bytes.CopyTo(value.AsMemory(start));
            start += each.Bytes.Length;
        }

        return value;
    }

    public void Acknowledge() => _writes.ForEach(write => write.Acknowledge());

    public void Fail(Exception error) => _writes.ForEach(write => write.Fail(error));
}
