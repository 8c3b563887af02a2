namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A run of sessions in order. Starts small, since an engine or a shape may have few.</summary>
internal sealed class QueueLeaf(bool withThresholds) : QueueNode
{
    public const int Capacity = 64;
    private const int AbsorbLimit = Capacity * 3 / 4;
    private const int SeamStart = Capacity * 3 / 4;

    private QueueEntry[] _entries = new QueueEntry[4];
    private long[]? _thresholds = withThresholds ? new long[4] : null;

    public override double Fill => (double)Count / Capacity;

    public override int Leaves => 1;

    public override QueueKey FirstKey(PendingSessions sessions) =>
        new(_entries[0].Order, _entries[0].Ticks, sessions[_entries[0].Handle].Id);

    public override int FirstHandle() => _entries[0].Handle;

    public override int IndexOf(in QueueKey key, PendingSessions sessions)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsBefore(_entries[middle], key, sessions))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public override QueueNode? Add(in QueueKey key, int handle, long threshold, PendingSessions sessions)
    {
        var index = IndexOf(key, sessions);
        var entry = new QueueEntry(key.Order, handle, key.Ticks);
        if (Count < Capacity)
        {
            Insert(index, entry, threshold + index);
            return null;
        }

        // Sessions mostly come in order, at the end of those of their rank: there the leaf is cut, and stays full.
        var right = new QueueLeaf(withThresholds);
        var atSeam = index is 0 or (>= SeamStart and < Capacity);
        var kept = atSeam || index == Capacity ? index : Capacity / 2;
        MoveTail(kept, right);
        if (index < kept || atSeam)
        {
            Insert(index, entry, threshold + index);
        }
        else
        {
            right.Insert(index - kept, entry, threshold + index);
        }

        return right;
    }

    public override void Remove(in QueueKey key, PendingSessions sessions)
    {
        var index = IndexOf(key, sessions);
        var ticks = _entries[index].Ticks;
        var threshold = _thresholds?[index] ?? long.MaxValue;
        Array.Copy(_entries, index + 1, _entries, index, Count - index - 1);
        if (_thresholds is not null)
        {
            Array.Copy(_thresholds, index + 1, _thresholds, index, Count - index - 1);
        }

        Count--;
        if (ticks == MinTicks || threshold == MinThreshold)
        {
            Summarize();
        }
    }

    public override int FindRipe(long threshold)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_thresholds![i] <= threshold) // Only queues with thresholds are asked.
            {
                return _entries[i].Handle;
            }
        }

        throw new InvalidOperationException("No session of this leaf is ripe.");
    }

    public override bool TryAbsorb(QueueNode right, in QueueKey low)
    {
        if (right is not QueueLeaf leaf || Count + leaf.Count > AbsorbLimit)
        {
            return false;
        }

        leaf.MoveTail(0, this);
        return true;
    }

    private static bool IsBefore(in QueueEntry entry, in QueueKey key, PendingSessions sessions)
    {
        if (entry.Order != key.Order)
        {
            return entry.Order < key.Order;
        }

        return entry.Ticks != key.Ticks ? entry.Ticks < key.Ticks : sessions[entry.Handle].Id < key.Id;
    }

    private void Insert(int index, in QueueEntry entry, long threshold)
    {
        Reserve(Count + 1);
        Array.Copy(_entries, index, _entries, index + 1, Count - index);
        _entries[index] = entry;
        if (_thresholds is not null)
        {
            Array.Copy(_thresholds, index, _thresholds, index + 1, Count - index);
            _thresholds[index] = threshold;
            MinThreshold = Math.Min(MinThreshold, threshold);
        }

        MinTicks = Math.Min(MinTicks, entry.Ticks);
        Count++;
    }

    private void MoveTail(int from, QueueLeaf target)
    {
        var moved = Count - from;
        target.Reserve(target.Count + moved);
        Array.Copy(_entries, from, target._entries, target.Count, moved);
        if (_thresholds is not null)
        {
            Array.Copy(_thresholds, from, target._thresholds!, target.Count, moved); // Both have them, or neither.
        }

        Count = from;
        target.Count += moved;
        Summarize();
        target.Summarize();
    }

    private void Reserve(int count)
    {
        if (count > _entries.Length)
        {
            var size = Math.Min(Capacity, Math.Max(count, _entries.Length * 2));
            Array.Resize(ref _entries, size);
            if (_thresholds is not null)
            {
                Array.Resize(ref _thresholds, size);
            }
        }
    }

    private void Summarize()
    {
        (MinTicks, MinThreshold) = (long.MaxValue, long.MaxValue);
        for (var i = 0; i < Count; i++)
        {
            MinTicks = Math.Min(MinTicks, _entries[i].Ticks);
        }

        for (var i = 0; _thresholds is not null && i < Count; i++)
        {
            MinThreshold = Math.Min(MinThreshold, _thresholds[i]);
        }
    }
}
