namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// A binary heap that knows where each item is, so that any of them can leave or change its place in O(log n). Whoever
/// changes what an item is ordered by calls <see cref="Update"/> before anything else.
/// </summary>
internal sealed class IndexedHeap<T>(IComparer<T> order)
    where T : class
{
    private readonly List<T> _items = [];
    private readonly Dictionary<T, int> _places = new(ReferenceEqualityComparer.Instance);

    public int Count => _items.Count;

    public T? First => _items.Count > 0 ? _items[0] : null;

    /// <summary>All, in no order.</summary>
    public IReadOnlyList<T> Items => _items;

    public bool Contains(T item) => _places.ContainsKey(item);

    public void Add(T item)
    {
        _items.Add(item);
        _places.Add(item, _items.Count - 1);
        Rise(_items.Count - 1);
    }

    public void Remove(T item)
    {
        var place = _places[item];
        _places.Remove(item);
        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        if (place < _items.Count)
        {
            Set(place, last);
            Sink(Rise(place));
        }
    }

    public void Update(T item) => Sink(Rise(_places[item]));

    private int Rise(int place)
    {
        var item = _items[place];
        while (place > 0 && order.Compare(item, _items[(place - 1) / 2]) < 0)
        {
            Set(place, _items[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Set(place, item);
        return place;
    }

    private void Sink(int place)
    {
        var item = _items[place];
        while ((place * 2) + 1 < _items.Count)
        {
            var child = (place * 2) + 1;
            if (child + 1 < _items.Count && order.Compare(_items[child + 1], _items[child]) < 0)
            {
                child++;
            }

            if (order.Compare(_items[child], item) >= 0)
            {
                break;
            }

            Set(place, _items[child]);
            place = child;
        }

        Set(place, item);
    }

    private void Set(int place, T item)
    {
        _items[place] = item;
        _places[item] = place;
    }
}
