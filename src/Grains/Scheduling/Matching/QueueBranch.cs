namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// An inner node. The sums over each child lie side by side here, so that counting those ahead of a session touches
/// one array a level.
/// </summary>
internal sealed class QueueBranch : QueueNode
{
    private const int Capacity = 32;
    private const int AbsorbLimit = Capacity * 3 / 4;
    private const double SparseFill = 0.25;

    private readonly Child[] _children = new Child[Capacity];

    public int Children { get; private set; }

    public override double Fill => (double)Children / Capacity;

    public static QueueBranch Join(QueueNode left, QueueNode right, PendingSessions sessions)
    {
        var branch = new QueueBranch { Children = 2 };
        branch._children[0] = new Child(left, left.FirstKey(sessions));
        branch._children[1] = new Child(right, right.FirstKey(sessions));
        branch.Summarize();
        return branch;
    }

    public QueueNode OnlyChild() => _children[0].Node;

    public override int Leaves
    {
        get
        {
            var leaves = 0;
            for (var i = 0; i < Children; i++)
            {
                leaves += _children[i].Node.Leaves;
            }

            return leaves;
        }
    }

    public override QueueKey FirstKey(PendingSessions sessions) => _children[0].Node.FirstKey(sessions);

    public override int FirstHandle() => _children[0].Node.FirstHandle();

    public override int IndexOf(in QueueKey key, PendingSessions sessions)
    {
        var child = Route(key);
        return CountBefore(child) + _children[child].Node.IndexOf(key, sessions);
    }

    public override QueueNode? Add(in QueueKey key, int handle, long threshold, PendingSessions sessions)
    {
        var index = Route(key);
        var node = _children[index].Node;
        var right = node.Add(key, handle, threshold + CountBefore(index), sessions);
        _children[index].Summarize();
        if (right is null)
        {
            Count++;
            MinThreshold = Math.Min(MinThreshold, _children[index].MinThreshold);
            MinTicks = Math.Min(MinTicks, _children[index].MinTicks);
            return null;
        }

        var child = new Child(right, right.FirstKey(sessions));
        if (Children < Capacity)
        {
            Insert(index + 1, child);
            Summarize();
            return null;
        }

        var sibling = new QueueBranch();
        var kept = index + 1 == Capacity ? Capacity : Capacity / 2;
        MoveTail(kept, sibling);
        if (index + 1 <= kept && kept < Capacity)
        {
            Insert(index + 1, child);
        }
        else
        {
            sibling.Insert(index + 1 - kept, child);
        }

        Summarize();
        sibling.Summarize();
        return sibling;
    }

    public override void Remove(in QueueKey key, PendingSessions sessions)
    {
        var index = Route(key);
        var node = _children[index].Node;
        node.Remove(key, sessions);
        _children[index].Summarize();
        if (node.Count == 0)
        {
            Delete(index);
        }
        else if (node.Fill < SparseFill && !TryAbsorbAt(index))
        {
            TryAbsorbAt(index - 1);
        }

        Summarize();
    }

    public override int FindRipe(long threshold)
    {
        for (var i = 0; i < Children; i++)
        {
            if (_children[i].MinThreshold <= threshold)
            {
                return _children[i].Node.FindRipe(threshold);
            }
        }

        throw new InvalidOperationException("No session of this branch is ripe.");
    }

    public override bool TryAbsorb(QueueNode right, in QueueKey low)
    {
        if (right is not QueueBranch branch || Children + branch.Children > AbsorbLimit)
        {
            return false;
        }

        // A first child takes whatever comes, so only the parent knows its lower bound.
        branch._children[0] = new Child(branch._children[0].Node, low);
        branch.MoveTail(0, this);
        Summarize();
        return true;
    }

    /// <summary>The last child whose lower bound is not above the key; the first has no lower bound.</summary>
    private int Route(in QueueKey key)
    {
        var (low, high) = (1, Children);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (QueueKey.Compare(_children[middle].Low, key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private int CountBefore(int child)
    {
        var count = 0;
        for (var i = 0; i < child; i++)
        {
            count += _children[i].Count;
        }

        return count;
    }

    private bool TryAbsorbAt(int left)
    {
        if (left < 0 || left + 1 >= Children ||
            !_children[left].Node.TryAbsorb(_children[left + 1].Node, _children[left + 1].Low))
        {
            return false;
        }

        _children[left].Summarize();
        Delete(left + 1);
        return true;
    }

    private void Insert(int index, Child child)
    {
        Array.Copy(_children, index, _children, index + 1, Children - index);
        _children[index] = child;
        Children++;
    }

    private void Delete(int index)
    {
        Array.Copy(_children, index + 1, _children, index, Children - index - 1);
        _children[--Children] = default;
    }

    private void MoveTail(int from, QueueBranch target)
    {
        var moved = Children - from;
        Array.Copy(_children, from, target._children, target.Children, moved);
        Array.Clear(_children, from, moved);
        Children = from;
        target.Children += moved;
    }

    private void Summarize()
    {
        (Count, MinThreshold, MinTicks) = (0, long.MaxValue, long.MaxValue);
        foreach (ref readonly var child in _children.AsSpan(0, Children))
        {
            Count += child.Count;
            MinThreshold = Math.Min(MinThreshold, child.MinThreshold);
            MinTicks = Math.Min(MinTicks, child.MinTicks);
        }
    }

    private struct Child
    {
        public Child(QueueNode node, QueueKey low)
        {
            (Node, Low) = (node, low);
            Summarize();
        }

        public QueueNode Node { get; }

        /// <summary>Not above any session below it, and above all of the child before. Kept when its session has left.</summary>
        public QueueKey Low { get; }

        public int Count { get; private set; }

        public long MinThreshold { get; private set; }

        public long MinTicks { get; private set; }

        public void Summarize() => (Count, MinThreshold, MinTicks) = (Node.Count, Node.MinThreshold, Node.MinTicks);
    }
}
