namespace BlueEdge.Grains.Webhooks;

/// <summary>Since when webhooks in memory wait for their receivers, in order: the oldest is found without looking at the others. Safe for concurrent use.</summary>
internal sealed class WaitingWebhooks
{
    private readonly Lock _lock = new();

    /// <summary>By time, and by a number of each, for several may wait since the same time.</summary>
    private readonly SortedSet<(DateTimeOffset Since, long Number)> _waiting = [];
    private long _last;

    /// <summary>When the oldest event happened that waits; <see langword="null"/> where none does.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0 ? _waiting.Min.Since : null;
            }
        }
    }

    /// <summary>A number for one that will wait.</summary>
    public long Enter() => Interlocked.Increment(ref _last);

    /// <summary>What one waits with has changed; <see langword="null"/> is nothing.</summary>
    public void Change(long number, DateTimeOffset? before, DateTimeOffset? since)
    {
        lock (_lock)
        {
            if (before is { } former)
            {
                _waiting.Remove((former, number));
            }

            if (since is { } now)
            {
                _waiting.Add((now, number));
            }
        }
    }
}
