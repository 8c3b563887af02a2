using System.Runtime.InteropServices;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>What one listener to all sessions is yet to be told: the newest, with how many events were dropped before them. Any thread may call it.</summary>
internal sealed class SessionListener(SessionFilter filter)
{
    /// <summary>So many pieces of news wait for one who is slow to read.</summary>
    public const int MostWaiting = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private long _missed;
    private bool _isMissingUncounted;
    private TaskCompletionSource? _more;

    private bool HasGap => _missed > 0 || _isMissingUncounted;

    /// <summary>Takes in news, where they are for it.</summary>
    public void Tell(FeedItem item)
    {
        if (item.News is { } news && filter.Select(news).Count() is > 0 and var events)
        {
            Add(new(item, events));
        }
    }

    /// <summary>Has it told that something is missing here, and nobody knows how much.</summary>
    public void Miss() => Add(new(Item: null, Events: 0));

    /// <summary>Ends once there is something to tell.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return HasGap || _waiting.Count > 0 ? Task.CompletedTask : (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What comes next: a gap, or events; <see langword="null"/> where there is nothing now.</summary>
    public ListenerTurn? TryTake()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next))
            {
                if (next.Item?.News is not { } news)
                {
                    Miss(_waiting.Dequeue());
                }
                else if (HasGap)
                {
                    break;
                }
                else
                {
                    _waiting.Dequeue();
                    return new() { SessionId = news.SessionId, Events = filter.Select(news) };
                }
            }

            if (!HasGap)
            {
                return null;
            }

            var gap = new MissedEvents { Missed = _isMissingUncounted ? null : _missed };
            (_missed, _isMissingUncounted) = (0, false);
            return new() { Gap = gap };
        }
    }

    private void Add(Waiting one)
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            if (_waiting.Count == MostWaiting)
            {
                Miss(_waiting.Dequeue());
            }

            _waiting.Enqueue(one);
            (more, _more) = (_more, null);
        }

        more?.TrySetResult();
    }

    private void Miss(Waiting one)
    {
        _missed += one.Events;
        _isMissingUncounted |= one.Item is null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Waiting(FeedItem? Item, int Events);
}
