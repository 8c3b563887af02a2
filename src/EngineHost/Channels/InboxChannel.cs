using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Channels;

/// <summary>One channel that feeds an inbox: the ports it goes to, its writers, and what of it waits.</summary>
internal sealed class InboxChannel(string name, ImmutableArray<string> ports, ImmutableArray<string> writers, bool isLatest)
{
    public string Name { get; } = name;

    public ImmutableArray<string> Ports { get; } = ports;

    /// <summary>For each writer, the sequence expected next and whether it has ended.</summary>
    public Dictionary<string, (long Next, bool Ended)> Producers { get; } =
        writers.ToDictionary(writer => writer, _ => (0L, false), StringComparer.Ordinal);

    /// <summary>Whether only its newest item waits.</summary>
    public bool IsLatest { get; } = isLatest;

    /// <summary>Writers that have not ended.</summary>
    public int Writing { get; set; } = writers.Distinct(StringComparer.Ordinal).Count();

    public int Items { get; private set; }

    public long Bytes { get; private set; }

    private InboxItem? Newest { get; set; }

    /// <summary>Fires when a full channel has room again, and when items come that their writers were told of room for.</summary>
    public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Puts an item in the place of the newest; returns the one that was there.</summary>
    public InboxItem? Renew(InboxItem item)
    {
        var older = Newest;
        Newest = item;
        return older;
    }

    public InboxItem TakeNewest()
    {
        var newest = Newest ?? throw new InvalidOperationException("A place is kept for an item that is not there.");
        Newest = null;
        return newest;
    }

    public void Add(Payload payload)
    {
        Items++;
        Bytes += payload.Weight;
    }

    public void Remove(Payload payload)
    {
        Items--;
        Bytes -= payload.Weight;
    }
}
