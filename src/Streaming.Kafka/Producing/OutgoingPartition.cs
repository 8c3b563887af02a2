namespace Streaming.Kafka.Producing;

/// <summary>What is gathered for one partition: an open container a stream, and full ones in the order they are to be sent. Not thread-safe.</summary>
internal sealed class OutgoingPartition(int batchBytes)
{
    private readonly Dictionary<StreamId, OutgoingContainer> _open = [];
    private readonly List<OutgoingContainer> _full = [];

    /// <summary>Held while containers are taken and sent, so that none overtakes another of its stream.</summary>
    public Lock Sending { get; } = new();

    public bool HasOpen => _open.Count > 0;

    public bool HasFull => _full.Count > 0;

    public void Add(Write write)
    {
        if (!write.Context.IsEmpty)
        {
            Close(write.Stream);
        }

        foreach (var each in write.Events)
        {
            if (_open.TryGetValue(write.Stream, out var container) && container.Size + Write.SizeOf(each) > batchBytes)
            {
                Close(write.Stream);
                container = null;
            }

            if (container is null)
            {
                container = new(write.Partition, write.Stream, write.Context);
                _open.Add(write.Stream, container);
            }

            container.Add(each, write);
            if (container.Size >= batchBytes)
            {
                Close(write.Stream);
            }
        }

        if (!write.Context.IsEmpty)
        {
            Close(write.Stream);
        }
    }

    /// <summary>Takes what is to be sent now.</summary>
    public List<OutgoingContainer> Take(bool alsoOpen)
    {
        List<OutgoingContainer> taken = [.. _full];
        _full.Clear();
        if (alsoOpen)
        {
            taken.AddRange(_open.Values);
            _open.Clear();
        }

        return taken;
    }

    private void Close(StreamId stream)
    {
        if (_open.Remove(stream, out var container))
        {
            _full.Add(container);
        }
    }
}
