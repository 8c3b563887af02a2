using BlueEdge.Sessions;

namespace BlueEdge.Engines;

/// <summary>
/// Remembers how the attempts that ended last did, so that those who still write to one can be told that it is gone, and a
/// start that is repeated after the end does not run it again.
/// </summary>
internal sealed class RecentlyOver
{
    private const int Capacity = 65_536;
    private readonly Lock _lock = new();
    private readonly Dictionary<SubSessionKey, SubSessionReport> _ends = [];
    private readonly Queue<SubSessionKey> _order = new();

    /// <summary>Remembers an end, unless a newer attempt's is known.</summary>
    public void Add(SubSessionKey key, SubSessionReport end)
    {
        lock (_lock)
        {
            if (_ends.TryAdd(key, end))
            {
                _order.Enqueue(key);
                if (_order.Count > Capacity)
                {
                    _ends.Remove(_order.Dequeue());
                }
            }
            else if (_ends[key].Epoch < end.Epoch)
            {
                _ends[key] = end;
            }
        }
    }

    /// <summary>How the attempt, or a newer one, ended, or <see langword="null"/>.</summary>
    public SubSessionReport? Find(SubSessionKey key, int epoch)
    {
        lock (_lock)
        {
            return _ends.TryGetValue(key, out var end) && end.Epoch >= epoch ? end : null;
        }
    }
}
