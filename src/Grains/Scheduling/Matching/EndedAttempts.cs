namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// The sessions that ended lately, each with its newest epoch that is over: what still comes for it is late. A session that
/// was submitted later under the same id, once this one's retention was over, is another. The oldest are forgotten; a request later than that is answered by its session, which refuses the grant.
/// </summary>
internal sealed class EndedAttempts(int capacity)
{
    private readonly Dictionary<UInt128, (int Epoch, long Ticks)> _ended = [];
    private readonly Queue<UInt128> _order = [];

    /// <summary>Whether an attempt, of a session that was submitted then, is over.</summary>
    public bool Covers(UInt128 id, int epoch, long ticks) =>
        _ended.TryGetValue(id, out var ended) && ended.Epoch >= epoch && ended.Ticks >= ticks;

    /// <param name="id">The session.</param>
    /// <param name="epoch">The attempt.</param>
    /// <param name="ticks">When the session was submitted; 0 where that is not known.</param>
    public void Add(UInt128 id, int epoch, long ticks)
    {
        if (_ended.TryGetValue(id, out var ended))
        {
            _ended[id] = ticks > ended.Ticks && ended.Ticks > 0 ? (epoch, ticks) : (Math.Max(ended.Epoch, epoch), Math.Max(ended.Ticks, ticks));
            return;
        }

        _ended.Add(id, (epoch, ticks));
        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _ended.Remove(_order.Dequeue());
        }
    }
}
