using System.Collections.Immutable;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>
/// Remembers how the attempts that ended last did, so that those who still write to one can be told that it is gone, and a
/// start that is repeated after the end does not run it again.
/// </summary>
internal sealed class RecentlyOver
{
    private const int Capacity = 65_536;
    private readonly Lock _lock = new();
    private readonly Dictionary<SubSessionKey, (SubSessionReport Report, DateTimeOffset SubmittedAt, ImmutableArray<StoredItems> Written)> _ends = [];
    private readonly Queue<SubSessionKey> _order = new();

    /// <summary>Remembers an end, unless a newer attempt's is known.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="submittedAt">When its session was submitted, or a time after that.</param>
    /// <param name="written">What it wrote, by channel; none where it never began.</param>
    public void Add(SubSessionKey key, SubSessionReport end, DateTimeOffset submittedAt, ImmutableArray<StoredItems> written = default)
    {
        lock (_lock)
        {
            if (_ends.TryAdd(key, (end, submittedAt, written)))
            {
                _order.Enqueue(key);
                if (_order.Count > Capacity)
                {
                    _ends.Remove(_order.Dequeue());
                }
            }
            else if (_ends[key].Report.Epoch < end.Epoch || _ends[key].SubmittedAt < submittedAt)
            {
                _ends[key] = (end, submittedAt, written);
            }
        }
    }

    /// <summary>How many items the attempt wrote to a channel; <see langword="null"/> where it is not remembered.</summary>
    public long? FindWritten(SubSessionKey key, int epoch, string channel)
    {
        lock (_lock)
        {
            return _ends.TryGetValue(key, out var end) && end.Report.Epoch == epoch
                ? (end.Written.IsDefault ? null : end.Written.FirstOrDefault(written => string.Equals(written.Channel, channel, StringComparison.Ordinal)))?.Count ?? 0
                : null;
        }
    }

    /// <summary>
    /// How the attempt, or a newer one, ended, or <see langword="null"/>. A session that was submitted later under the same id,
    /// once this one's retention was over, is another.
    /// </summary>
    public SubSessionReport? Find(SubSessionKey key, int epoch, DateTimeOffset submittedAt = default)
    {
        lock (_lock)
        {
            return _ends.TryGetValue(key, out var end) && end.Report.Epoch >= epoch && end.SubmittedAt >= submittedAt ? end.Report : null;
        }
    }
}
