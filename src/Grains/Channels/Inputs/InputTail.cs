using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>
/// The newest items of a log, for who has read what comes before: what was just appended need not be read back. It keeps a little, and
/// what is more than that is in the log alone. Pure.
/// </summary>
/// <param name="mostItems">Items that it keeps, and a run that begins within them.</param>
/// <param name="mostBytes">Their bytes.</param>
internal sealed class InputTail(int mostItems, long mostBytes)
{
    private readonly Queue<(long Offset, ImmutableArray<Payload> Items, long Bytes)> _runs = new();
    private int _items;
    private long _bytes;

    /// <summary>Whether it has nothing.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Keeps a run where there is room; false where there is none.</summary>
    /// <param name="offset">The place of its first item in the log.</param>
    /// <param name="items">The items.</param>
    public bool Add(long offset, ImmutableArray<Payload> items)
    {
        if (_items >= mostItems || _bytes >= mostBytes)
        {
            return false;
        }

        var bytes = items.Sum(item => (long)item.Weight);
        _runs.Enqueue((offset, items, bytes));
        (_items, _bytes) = (_items + items.Length, _bytes + bytes);
        return true;
    }

    /// <summary>Gives out what it has from a place on, without a gap; nothing where it does not have the item at that place.</summary>
    public ImmutableArray<Payload> Take(long offset)
    {
        var taken = ImmutableArray.CreateBuilder<Payload>();
        while (_runs.TryPeek(out var run) && run.Offset <= offset + taken.Count)
        {
            _runs.Dequeue();
            (_items, _bytes) = (_items - run.Items.Length, _bytes - run.Bytes);
            var known = offset + taken.Count - run.Offset;
            taken.AddRange(known < run.Items.Length ? run.Items[(int)known..] : []);
        }

        return taken.DrainToImmutable();
    }
}
