using Streaming.Kafka.Messages;

namespace Streaming.Kafka.Caching;

/// <summary>The cached containers of one stream in their order, and the cursors in it. A container is kept until all cursors are behind it.</summary>
internal sealed class StreamChain(StreamId stream, long completeFrom, Action<CachedContainer> onGone)
{
    public StreamId Stream => stream;

    public CachedContainer? First { get; private set; }

    public CachedContainer? Last { get; private set; }

    public List<CacheCursor> Cursors { get; } = [];

    public bool IsEmpty => First is null;

    /// <summary>From this offset on the chain is known to have everything of the stream that was read.</summary>
    public long CompleteFrom { get; private set; } = completeFrom;

    /// <summary>The highest offset that was cached and is gone; -1 where none is.</summary>
    public long GoneUpTo { get; private set; } = -1;

    public void Add(KafkaBatchContainer container)
    {
        var added = new CachedContainer(container) { Previous = Last };
        if (Last is not null)
        {
            Last.Next = added;
        }

        Last = added;
        First ??= added;
    }

    /// <summary>The first container from an offset on.</summary>
    public CachedContainer? Find(long offset)
    {
        var found = First;
        while (found is not null && found.Offset < offset)
        {
            found = found.Next;
        }

        return found;
    }

    /// <summary>Lets go what all cursors have behind them; without cursors, nothing.</summary>
    public void Trim()
    {
        if (Cursors.Count == 0)
        {
            return;
        }

        var behind = long.MaxValue;
        foreach (var cursor in Cursors)
        {
            behind = Math.Min(behind, cursor.Position);
        }

        while (First is { } first && first.Offset < behind)
        {
            Remove(first);
        }
    }

    public void Remove(CachedContainer each)
    {
        GoneUpTo = Math.Max(GoneUpTo, each.Offset);
        CompleteFrom = Math.Max(CompleteFrom, each.Offset + 1);
        Unlink(each);
    }

    /// <summary>Lets go everything, because it is read again from an offset on.</summary>
    public void Restart(long offset)
    {
        while (First is { } first)
        {
            Unlink(first);
        }

        (CompleteFrom, GoneUpTo) = (offset, offset - 1);
    }

    private void Unlink(CachedContainer each)
    {
        if (each.IsGone)
        {
            return;
        }

        if (each.Previous is { } previous)
        {
            previous.Next = each.Next;
        }
        else
        {
            First = each.Next;
        }

        if (each.Next is { } next)
        {
            next.Previous = each.Previous;
        }
        else
        {
            Last = each.Previous;
        }

        each.IsGone = true;
        onGone(each);
    }
}
