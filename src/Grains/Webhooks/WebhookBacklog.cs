using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// The events that a webhook has yet to deliver, in their order, wherever they are: those that it was brought are in memory; where it
/// is behind, the session's log has the others; and what outlives the log is carried in the webhook's state.
/// </summary>
internal sealed class WebhookBacklog(ActiveWebhook webhook, ISessionStore sessions)
{
    private readonly Queue<SessionEvent> _events = new();

    /// <summary>The number of an event up to which nothing had been written in an attempt.</summary>
    private (int Epoch, long UpTo) _unwritten;

    /// <summary>The number of the last event that it was told of.</summary>
    public long Known { get; private set; }

    /// <summary>Takes in what is brought. One that is behind reads it from the log when its turn comes.</summary>
    public void Accept(WebhookNews news)
    {
        var former = webhook.State.SubmittedAt;
        webhook.Change(state => state.Take(news));
        if (webhook.State.SubmittedAt != former)
        {
            _events.Clear();
            (Known, _unwritten) = (0, default);
        }

        var after = Math.Max(Known, webhook.State.Done);
        foreach (var one in news.Events.Where(one => one.Number > after && !webhook.State.IsBehind))
        {
            _events.Enqueue(one);
        }

        Known = Math.Max(Known, news.UpTo);
        if (news is { IsUnwritten: true, Events: [.., var newest] })
        {
            _unwritten = (newest.Epoch, news.UpTo);
        }
    }

    /// <summary>The next event, wanted or not; <see langword="null"/> where there is none.</summary>
    public async Task<SessionEvent?> NextAsync()
    {
        var next = await FindNextAsync();
        webhook.WaitsSince(next?.At);
        return next;
    }

    /// <summary>Whether nothing had been written in its attempt when an event happened.</summary>
    public bool IsUnwritten(SessionEvent one) => (one.Epoch == _unwritten.Epoch && one.Number <= _unwritten.UpTo) || one.IsBeforeResults();

    /// <summary>An event, done with or not; <see langword="null"/> where it is not kept any more.</summary>
    public async Task<SessionEvent?> FindAsync(long number)
    {
        var found = webhook.State.Carried.FirstOrDefault(one => one.Number == number)
            ?? _events.FirstOrDefault(one => one.Number == number)
            ?? (await sessions.ReadEventsAsync(webhook.SessionId, number - 1, 1)).FirstOrDefault();
        return found?.Number == number ? found : null;
    }

    /// <summary>What comes next, wanted or not, a page of it at most; nothing changes by that.</summary>
    public async Task<IReadOnlyCollection<SessionEvent>> PeekAsync() =>
        webhook.State.IsCarrying ? webhook.State.Carried
        : webhook.State.IsBehind ? await sessions.ReadEventsAsync(webhook.SessionId, webhook.State.Done, SessionEventPage.Most)
        : [.. _events];

    /// <summary>Takes all that is left out of the log, which will be gone.</summary>
    public async Task CarryAsync()
    {
        List<SessionEvent> left = [];
        for (var after = webhook.State.Done; await sessions.ReadEventsAsync(webhook.SessionId, after, SessionEventPage.Most) is { IsEmpty: false } page; after = page[^1].Number)
        {
            left.AddRange(page);
        }

        webhook.Change(state => state.Carry(left));
    }

    private async Task<SessionEvent?> FindNextAsync()
    {
        while (true)
        {
            if (webhook.State.IsCarrying)
            {
                return webhook.State.Carried.FirstOrDefault();
            }

            if (First() is { } first)
            {
                return first;
            }

            if (!webhook.State.IsBehind)
            {
                // Whatever it was told of beyond that is not for it.
                webhook.Change(state => state.Reach(Known));
                return null;
            }

            // What comes while it is read may be missing in what is read.
            var (done, isMore) = (webhook.State.Done, Known > webhook.State.Done || webhook.State.EndedAt is not null);
            var read = await sessions.ReadEventsAsync(webhook.SessionId, done, SessionEventPage.Most);
            if (webhook.State.Done != done || _events.Count > 0)
            {
                // Something happened meanwhile.
                continue;
            }

            if (read.IsEmpty)
            {
                if (isMore)
                {
                    // What was left is gone: the session's retention is over.
                    webhook.Change(state => state.DropRest(Known));
                }

                return null;
            }

            webhook.Change(state => state.Drop(read[0].Number - 1));
            foreach (var one in read)
            {
                _events.Enqueue(one);
            }
        }
    }

    private SessionEvent? First()
    {
        while (_events.TryPeek(out var first))
        {
            if (first.Number > webhook.State.Done)
            {
                return first;
            }

            _events.Dequeue();
        }

        return null;
    }
}
