using BlueEdge.Sessions;

namespace BlueEdge.Engines;

/// <summary>Remembers the attempts that ended last, so that those who still write to one can be told that it is gone.</summary>
internal sealed class RecentlyOver
{
    private const int Capacity = 16_384;
    private readonly Lock _lock = new();
    private readonly HashSet<(SubSessionKey, int)> _known = [];
    private readonly Queue<(SubSessionKey, int)> _order = new();

    public void Add(SubSessionKey key, int epoch)
    {
        lock (_lock)
        {
            if (_known.Add((key, epoch)))
            {
                _order.Enqueue((key, epoch));
                if (_order.Count > Capacity)
                {
                    _known.Remove(_order.Dequeue());
                }
            }
        }
    }

    public bool Contains(SubSessionKey key, int epoch)
    {
        lock (_lock)
        {
            return _known.Contains((key, epoch));
        }
    }
}
