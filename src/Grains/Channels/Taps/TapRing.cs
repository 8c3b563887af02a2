using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>
/// The newest items of a channel, numbered over all its writers as they come. A number is never given twice: what is not kept, and what
/// never came, has numbers too, so that a gap is told with its count.
/// </summary>
/// <param name="mostItems">Items that it keeps.</param>
/// <param name="mostBytes">Bytes that it keeps, and the newest item whatever its size.</param>
/// <param name="age">How long it keeps an item.</param>
internal sealed class TapRing(int mostItems, long mostBytes, TimeSpan age)
{
    private readonly Dictionary<string, long> _writers = new(StringComparer.Ordinal);
    private readonly List<TapItem> _items = [];
    private int _first;
    private long _bytes;

    /// <summary>From where on the numbers count items one by one.</summary>
    private long _countedFrom;

    /// <summary>The attempt whose items it has; 0 before any.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of the item that comes next.</summary>
    public long Next { get; private set; }

    /// <summary>How many items it has.</summary>
    public int Count => _items.Count - _first;

    /// <summary>Begins with an attempt's items.</summary>
    /// <param name="epoch">The attempt.</param>
    /// <param name="writers">Each writer, with the number of the first of its items that will come; <see langword="null"/> where nobody knows what it wrote.</param>
    /// <param name="now">The time: where something is not known, a number that none before can have reached.</param>
    public void Begin(int epoch, IEnumerable<(string Writer, long? Next)> writers, DateTimeOffset now)
    {
        Clear();
        Epoch = epoch;
        var isCounted = true;
        foreach (var (writer, next) in writers)
        {
            isCounted &= next is not null;
            Next += next ?? 0;
            if (next is { } known)
            {
                _writers[writer] = known;
            }
        }

        if (!isCounted)
        {
            // No channel carries an item each microsecond.
            Next = Math.Max(Next, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            _countedFrom = Next;
        }
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear()
    {
        _writers.Clear();
        _items.Clear();
        (Epoch, Next, _first, _bytes, _countedFrom) = (0, 0, 0, 0, 0);
    }

    /// <summary>Takes what it does not have of a writer's items.</summary>
    /// <returns>The number of the writer's next item.</returns>
    public long Append(string writer, long first, ImmutableArray<Payload> items, DateTimeOffset now)
    {
        if (!_writers.TryGetValue(writer, out var expected))
        {
            expected = first;
            Lose();
        }

        Next += Math.Max(0, first - expected);
        for (var place = (int)Math.Clamp(expected - first, 0, items.Length); place < items.Length; place++)
        {
            _items.Add(new(Next++, items[place], now));
            _bytes += items[place].Weight;
        }

        Trim(now);
        return _writers[writer] = Math.Max(expected, first + items.Length);
    }

    /// <summary>Notes that items are missing, and nobody knows how many.</summary>
    public void Lose() => _countedFrom = ++Next;

    /// <summary>Lets go of what is too much or too old.</summary>
    public void Trim(DateTimeOffset now)
    {
        while (Count > 0 && (Count > mostItems || (_bytes > mostBytes && Count > 1) || _items[_first].At + age <= now))
        {
            _bytes -= _items[_first].Payload.Weight;
            _items[_first++] = default;
        }

        if (_first > _items.Count / 2)
        {
            _items.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <summary>Whether there is anything to tell one who is at a place in an attempt, the first where it is in none.</summary>
    public bool HasNews(int epoch, long from) => Epoch > 0 && ((epoch > 0 && epoch != Epoch) || Next != (epoch == Epoch ? from : 0));

    /// <summary>What there is from a place on, up to a gap: at least one item where there is one.</summary>
    public TapPage Read(long from, int atMost, long atMostBytes)
    {
        // A place that was never reached is one of another numbering, of a tap that is lost.
        var isOther = from > Next;
        var index = isOther ? _first : IndexOf(from);
        var offset = index < _items.Count ? _items[index].Offset : Next;
        var items = ImmutableArray.CreateBuilder<Payload>();
        var bytes = 0L;
        for (; index < _items.Count && items.Count < atMost && _items[index].Offset == offset + items.Count; index++)
        {
            bytes += _items[index].Payload.Weight;
            if (items.Count > 0 && bytes > atMostBytes)
            {
                break;
            }

            items.Add(_items[index].Payload);
        }

        var hasGap = isOther || offset > from;
        return new(offset, items.DrainToImmutable(), hasGap, hasGap && !isOther && from >= _countedFrom ? offset - from : null);
    }

    /// <summary>One item, where it has it.</summary>
    public Payload? Find(long offset) => IndexOf(offset) is var index && index < _items.Count && _items[index].Offset == offset ? _items[index].Payload : null;

    /// <summary>The index of the first item that is not before a place.</summary>
    private int IndexOf(long offset)
    {
        var (low, high) = (_first, _items.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _items[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
