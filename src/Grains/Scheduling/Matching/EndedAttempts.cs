namespace BlueEdge.Scheduling.Matching;

/// <summary>
/// The sessions that ended lately, each with its newest epoch that is over: what still comes for it is late. The oldest
/// are forgotten; a request later than that is answered by its session, which refuses the grant.
/// </summary>
internal sealed class EndedAttempts(int capacity)
{
    private readonly Dictionary<UInt128, int> _epochs = [];
    private readonly Queue<UInt128> _order = [];

    public bool Covers(UInt128 id, int epoch) => _epochs.TryGetValue(id, out var ended) && ended >= epoch;

    public void Add(UInt128 id, int epoch)
    {
        if (_epochs.TryGetValue(id, out var ended))
        {
            _epochs[id] = Math.Max(ended, epoch);
            return;
        }

        _epochs.Add(id, epoch);
        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _epochs.Remove(_order.Dequeue());
        }
    }
}
