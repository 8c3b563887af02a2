using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Sessions;

/// <summary>What happened to the session, for those who read and follow it.</summary>
internal sealed partial class SessionGrain
{
    /// <summary>Ends with the next event; there is one only while somebody waits for it.</summary>
    private TaskCompletionSource? _nextEvent;

    public async Task<SessionEventPage?> FollowEventsAsync(long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        if (!ExistsFor(caller))
        {
            return null;
        }

        await EventAfterAsync(after, atMost, cancellationToken);
        var state = _state.Current;
        var events = state.LastEvent > after ? await store.ReadEventsAsync(SessionId, after, SessionEventPage.Most) : [];
        return new()
        {
            Events = events,
            IsKept = Spec.KeepsEvents,
            IsLast = !Spec.KeepsEvents || (state.Status.IsTerminal() && after + events.Length >= state.LastEvent),
        };
    }

    /// <summary>Waits for an event after that one, so long; not where none will come, nor while the silo stops.</summary>
    private async Task EventAfterAsync(long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero || !Spec.KeepsEvents)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
        var timeout = Task.Delay(Shorter(atMost, LongPoll.LongestTurn), clock, patience.Token);
        _waiting++;
        while (_state.Current is { } state && state.LastEvent <= after && !state.Status.IsTerminal() && !timeout.IsCompleted)
        {
            _nextEvent ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.WhenAny(_nextEvent.Task, timeout);
        }

        _waiting--;
        await patience.CancelAsync();
    }

    /// <summary>Has those who wait for an event look again.</summary>
    private void TellOfEvents()
    {
        _nextEvent?.TrySetResult();
        _nextEvent = null;
    }
}
