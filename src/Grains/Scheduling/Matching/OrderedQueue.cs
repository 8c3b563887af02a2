namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Sessions in the order they are served: a B+ tree that counts, so that adding, removing, and telling how many are
/// ahead cost O(log n).
/// </summary>
/// <param name="sessions">Where the sessions lie.</param>
/// <param name="byRank">Whether rank comes before age.</param>
/// <param name="withThresholds">Whether each session has a threshold at which it is ripe.</param>
internal sealed class OrderedQueue(PendingSessions sessions, bool byRank, bool withThresholds)
{
    private QueueNode? _root;

    public int Count => _root?.Count ?? 0;

    /// <summary>How many leaves its sessions are spread over.</summary>
    public int Leaves => _root?.Leaves ?? 0;

    /// <summary>The smallest threshold; <see cref="long.MaxValue"/> where there is none.</summary>
    public long MinThreshold => _root?.MinThreshold ?? long.MaxValue;

    /// <summary>When the oldest session was submitted; <see cref="long.MaxValue"/> where there is none.</summary>
    public long MinTicks => _root?.MinTicks ?? long.MaxValue;

    /// <summary>The first session's handle; the queue must not be empty.</summary>
    public int First => _root!.FirstHandle();

    public QueueKey KeyOf(int handle)
    {
        ref var session = ref sessions[handle];
        return new(byRank ? QueueKey.OrderOf(session.Rank) : 0, session.Ticks, session.Id);
    }

    /// <summary>How many sessions are ahead of this one.</summary>
    public int IndexOf(int handle) => CountBefore(KeyOf(handle));

    /// <summary>How many sessions are ahead of a place.</summary>
    public int CountBefore(in QueueKey key) => _root?.IndexOf(key, sessions) ?? 0;

    /// <summary>Adds a session. It is ripe at the given threshold plus the number of sessions ahead of it now.</summary>
    public void Add(int handle, long threshold = 0)
    {
        _root ??= new QueueLeaf(withThresholds);
        if (_root.Add(KeyOf(handle), handle, threshold, sessions) is { } right)
        {
            _root = QueueBranch.Join(_root, right, sessions);
        }
    }

    public void Remove(int handle)
    {
        _root!.Remove(KeyOf(handle), sessions); // It is in the queue, so there is a root.
        while (_root is QueueBranch { Children: 1 } branch)
        {
            _root = branch.OnlyChild();
        }

        if (_root.Count == 0)
        {
            _root = null;
        }
    }

    /// <summary>A session whose threshold is reached, or -1.</summary>
    public int FindRipe(long reached) => MinThreshold <= reached ? _root!.FindRipe(reached) : -1; // Empty means MaxValue.
}
