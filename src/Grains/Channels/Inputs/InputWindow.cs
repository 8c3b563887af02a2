namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>
/// How much of a log its readers do not have yet, and so how much more it takes: a run is taken whole where there is room for
/// anything, so that one that is larger than the room passes too. Pure.
/// </summary>
/// <param name="mostItems">Items that may wait.</param>
/// <param name="mostBytes">Bytes that may wait.</param>
public sealed class InputWindow(int mostItems, long mostBytes)
{
    /// <summary>What waits and was added here: where each run ends in the log, and its bytes.</summary>
    private readonly Queue<(long End, long Bytes)> _runs = new();
    private long _bytes;
    private int _heldItems;
    private long _heldBytes;

    /// <summary>How many items the log has had, as far as it is known here.</summary>
    public long End { get; private set; }

    /// <summary>Up to where all readers have it.</summary>
    public long Settled { get; private set; }

    /// <summary>Changes with every run that comes: who read the log's length meanwhile cannot say whether that is in it.</summary>
    public long Version { get; private set; }

    /// <summary>Items that there is room for; 0 where there is none, for items or for bytes.</summary>
    public int CreditItems => LeftBytes <= 0 ? 0 : (int)Math.Max(0, mostItems - (End - Settled) - _heldItems);

    /// <summary>Bytes that there is room for; 0 where there is none, for items or for bytes.</summary>
    public long CreditBytes => CreditItems == 0 ? 0 : LeftBytes;

    /// <summary>Whether a run is taken.</summary>
    public bool HasRoom => CreditItems > 0;

    private long LeftBytes => mostBytes - _bytes - _heldBytes;

    /// <summary>Keeps room for a run that is about to be appended.</summary>
    public void Hold(int items, long bytes)
    {
        Version++;
        (_heldItems, _heldBytes) = (_heldItems + items, _heldBytes + bytes);
    }

    /// <summary>Gives up the room of a run that was held, of which so many items came to the log's end.</summary>
    public void Release(int items, long bytes, int appended)
    {
        Version++;
        (_heldItems, _heldBytes) = (_heldItems - items, _heldBytes - bytes);
        if (appended > 0)
        {
            Add(appended, bytes);
        }
    }

    /// <summary>So many items came to the log's end.</summary>
    public void Add(int items, long bytes)
    {
        End += items;
        _bytes += bytes;
        _runs.Enqueue((End, bytes));
    }

    /// <summary>The log was so long when it was read, by who began to read at a version.</summary>
    public void Correct(long end, long version)
    {
        if (version == Version && _heldItems == 0)
        {
            End = end;
        }
    }

    /// <summary>All readers have what comes before; a new attempt begins with less.</summary>
    public void Settle(long settled)
    {
        Settled = settled;
        End = Math.Max(End, settled);
        while (_runs.TryPeek(out var run) && run.End <= settled)
        {
            _bytes -= _runs.Dequeue().Bytes;
        }
    }
}
