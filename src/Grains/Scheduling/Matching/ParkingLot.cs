namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// The shapes that wait for slots of one engine, by how many they need. A slot that comes free wakes only those that it
/// is enough for.
/// </summary>
internal sealed class ParkingLot
{
    private readonly SortedList<int, IndexedHeap<Shape>> _rows = [];

    public void Add(Shape shape, int slots)
    {
        if (!_rows.TryGetValue(slots, out var row))
        {
            _rows.Add(slots, row = new(ServiceOrder.Default));
        }

        row.Add(shape);
    }

    public void Remove(Shape shape, int slots)
    {
        var row = _rows[slots];
        row.Remove(shape);
        if (row.Count == 0)
        {
            _rows.Remove(slots);
        }
    }

    public void Update(Shape shape, int slots) => _rows[slots].Update(shape);

    /// <summary>The first to be served among the shapes that need at most so many slots.</summary>
    public Shape? FirstWithin(int slots)
    {
        Shape? first = null;
        for (var i = 0; i < _rows.Count && _rows.GetKeyAtIndex(i) <= slots; i++)
        {
            var candidate = _rows.GetValueAtIndex(i).First;
            if (first is null || ServiceOrder.Default.Compare(candidate, first) < 0)
            {
                first = candidate;
            }
        }

        return first;
    }
}
