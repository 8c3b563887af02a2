using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>
/// What happens to all sessions, for all who listen to that at this gateway: the silos are read once for all of them, and only while
/// there are any. What waits to be told is bounded for all of them together.
/// </summary>
internal sealed class SessionFeed(SessionClient cluster, TimeProvider time, ILogger<SessionFeed> logger)
{
    /// <summary>So many bytes of news are held at most, and the newest in any case.</summary>
    public const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<SessionListener> _listeners = [];
    private readonly Queue<FeedItem> _held = [];
    private long _bytes;
    private NewsFollower? _follower;

    /// <summary>Has somebody told all that happens from when the task ends until it leaves.</summary>
    public Task JoinAsync(SessionListener listener)
    {
        NewsFollower? begun = null;
        Task open;
        lock (_lock)
        {
            _listeners.Add(listener);
            _follower ??= begun = new(cluster, this, time, logger);
            open = _follower.Open;
        }

        _ = begun?.FollowAsync();
        return open;
    }

    /// <summary>Tells it no more.</summary>
    public void Leave(SessionListener listener)
    {
        NewsFollower? needless = null;
        lock (_lock)
        {
            if (_listeners.Remove(listener) && _listeners.Count == 0)
            {
                (needless, _follower, _bytes) = (_follower, null, 0);
                _held.Clear();
            }
        }

        needless?.Stop();
    }

    /// <summary>Tells all what one reader of the silos read; one that is not needed any more tells nobody.</summary>
    public void Tell(NewsFollower reader, IReadOnlyList<SessionNews> news)
    {
        lock (_lock)
        {
            if (_follower == reader)
            {
                foreach (var each in news)
                {
                    Tell(new FeedItem(each));
                }
            }
        }
    }

    /// <summary>Tells all that one reader of the silos missed something.</summary>
    public void Miss(NewsFollower reader)
    {
        lock (_lock)
        {
            if (_follower == reader)
            {
                foreach (var listener in _listeners)
                {
                    listener.Miss();
                }
            }
        }
    }

    private void Tell(FeedItem item)
    {
        _held.Enqueue(item);
        _bytes += item.Bytes;
        while (_bytes > MostBytes && _held.Count > 1)
        {
            var oldest = _held.Dequeue();
            _bytes -= oldest.Bytes;
            oldest.Drop();
        }

        foreach (var listener in _listeners)
        {
            listener.Tell(item);
        }
    }
}
