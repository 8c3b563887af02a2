using System.Collections.Immutable;

namespace BlueEdge.Channels;

/// <summary>One channel that feeds an inbox: the ports it goes to, its writers, and what of it waits.</summary>
internal sealed class InboxChannel(ImmutableArray<string> ports, ImmutableArray<string> writers)
{
    public ImmutableArray<string> Ports { get; } = ports;

    /// <summary>For each writer, the sequence expected next and whether it has ended.</summary>
    public Dictionary<string, (long Next, bool Ended)> Producers { get; } =
        writers.ToDictionary(writer => writer, _ => (0L, false), StringComparer.Ordinal);

    public int Items { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Fires when a full channel has room again.</summary>
    public TaskCompletionSource Room { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(Payload payload)
    {
        Items++;
        Bytes += payload.Bytes.Length;
    }

    public void Remove(Payload payload)
    {
        Items--;
        Bytes -= payload.Bytes.Length;
    }
}
