namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A node of an <see cref="OrderedQueue"/>, which knows the sums over what is below it.</summary>
internal abstract class QueueNode
{
    /// <summary>How many sessions are below.</summary>
    public int Count { get; protected set; }

    /// <summary>The smallest threshold below; <see cref="long.MaxValue"/> where there is none.</summary>
    public long MinThreshold { get; protected set; } = long.MaxValue;

    /// <summary>When the oldest session below was submitted.</summary>
    public long MinTicks { get; protected set; } = long.MaxValue;

    /// <summary>How full it is, 0 to 1.</summary>
    public abstract double Fill { get; }

    /// <summary>How many leaves are below.</summary>
    public abstract int Leaves { get; }

    public abstract QueueKey FirstKey(PendingSessions sessions);

    public abstract int FirstHandle();

    /// <summary>How many sessions below come before the key.</summary>
    public abstract int IndexOf(in QueueKey key, PendingSessions sessions);

    /// <summary>
    /// Adds a session whose threshold is the given one plus its index. Returns the new right neighbour where the node
    /// had to split.
    /// </summary>
    public abstract QueueNode? Add(in QueueKey key, int handle, long threshold, PendingSessions sessions);

    public abstract void Remove(in QueueKey key, PendingSessions sessions);

    /// <summary>The handle of a session whose threshold is not above the given one; one must be there.</summary>
    public abstract int FindRipe(long threshold);

    /// <summary>
    /// Takes over all that the right neighbour has, where both fit into one; false where they do not. The key is the
    /// neighbour's lower bound.
    /// </summary>
    public abstract bool TryAbsorb(QueueNode right, in QueueKey low);
}
