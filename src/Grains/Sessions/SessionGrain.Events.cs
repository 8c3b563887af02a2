using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>What happened to the session, for those who read and follow it.</summary>
internal sealed partial class SessionGrain
{
    /// <summary>Ends with the next event; there is one only while somebody waits for it.</summary>
    private TaskCompletionSource? _nextEvent;

    /// <summary>The last event that all who listen have taken; the state hears of it with its next change.</summary>
    private long _told;
    private bool _isTelling;
    private Task _telling = Task.CompletedTask;

    public async Task ReportEventsAsync(EngineEventReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await WakeAsync();
        if (_state.Current.Epoch > 0)
        {
            await ChangeAsync(state => state.Hear(Spec, report, clock.GetUtcNow()));
        }
    }

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
            IsKept = state.KeepsEvents(Spec),
            IsLast = !state.KeepsEvents(Spec) || (state.Status.IsTerminal() && (events is [.., var last] ? last.Number : after) >= state.LastEvent),
        };
    }

    /// <summary>Waits for an event after that one, so long; not where none will come, nor while the silo stops.</summary>
    private async Task EventAfterAsync(long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero || !_state.Current.KeepsEvents(Spec))
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
    private void TellFollowers()
    {
        _nextEvent?.TrySetResult();
        _nextEvent = null;
    }

    /// <summary>Hands what is new to those who listen, unless that is under way.</summary>
    private void TellListeners(SessionState state)
    {
        _told = Math.Max(_told, state.Told ?? 0);
        if (state.OwesEvents && !_isTelling)
        {
            _isTelling = true;
            _telling = TellAllAsync(state.Epoch);
        }
    }

    /// <summary>What happens meanwhile is told too. Only the end has a write of its own for it, which nobody but a restart waits for.</summary>
    private async Task TellAllAsync(int epoch)
    {
        while (_told < _state.Current.LastEvent && !_deactivated.IsCancellationRequested)
        {
            await WorkAsync(TellNextAsync, () => true);
        }

        _isTelling = false;
        await WorkAsync(() => ChangeAsync(state => state.Tell(_told)), () => _state.Current is { OwesEvents: true, Status: var status } && status.IsTerminal());

        Task WorkAsync(Func<Task> work, Func<bool> isDue) => isDue()
            ? new SessionWork(work, isDue, clock, (error, tries) => LogFailure(error, tries, epoch, "tell those who listen to it"), _deactivated.Token).Begin().Done
            : Task.CompletedTask;
    }

    private async Task TellNextAsync()
    {
        var last = _state.Current.LastEvent;
        var events = await store.ReadEventsAsync(SessionId, _told, SessionEventPage.Most);
        if (events.IsEmpty)
        {
            LogUntold(SessionId, _told + 1, last);
            _told = last;
        }
        else
        {
            await sinks.TakeAsync(SessionId, Spec, events, _deactivated.Token);
            _told = events[^1].Number;
        }
    }

    [LoggerMessage(LogLevel.Error, "Events {First} to {Last} of session {SessionId} are gone, and were not told to those who listen: its retention is over")]
    private partial void LogUntold(string sessionId, long first, long last);
}
