using BlueEdge.Callers;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Sessions;

/// <summary>What happened to the session, for those who read and follow it.</summary>
internal sealed partial class SessionGrain
{
    private const string TellWork = "tell those who listen to it";
    private bool _isTelling;
    private Task _telling = Task.CompletedTask;

    public async Task ReportEventsAsync(EngineEventReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await _session.WakeAsync();
        if (_session.IsSubmitted)
        {
            await _session.ChangeAsync(state => state.Hear(_session.Spec, report, clock.GetUtcNow()));
        }
    }

    /// <summary>Hands what is new to those who listen, unless that is under way.</summary>
    private void TellListeners(SessionState state)
    {
        _session.Told = Math.Max(_session.Told, state.Told ?? 0);
        if (state.OwesEvents && !_isTelling)
        {
            _isTelling = true;
            _telling = TellAllAsync(state.Epoch);
        }
    }

    /// <summary>What happens meanwhile is told too. Only the end has a write of its own for it, which nobody but a restart waits for.</summary>
    private async Task TellAllAsync(int epoch)
    {
        while (_session.Told < _session.State.LastEvent && !_session.Deactivated.IsCancellationRequested)
        {
            await _works.DoAsync(epoch, TellWork, TellNextAsync, () => true);
        }

        _isTelling = false;
        if (IsEndUntold())
        {
            await _works.DoAsync(epoch, TellWork, () => _session.ChangeAsync(state => state.Tell(_session.Told)), IsEndUntold);
        }

        bool IsEndUntold() => _session.State is { OwesEvents: true, Status: var status } && status.IsTerminal();
    }

    private async Task TellNextAsync()
    {
        var last = _session.State.LastEvent;
        var events = await store.ReadEventsAsync(_session.Id, _session.Told, SessionEventPage.Most);
        if (events.IsEmpty)
        {
            LogUntold(_session.Id, _session.Told + 1, last);
            _session.Told = last;
        }
        else
        {
            await sinks.TakeAsync(_session.Id, _session.Spec, events, _session.Deactivated);
            _session.Told = events[^1].Number;
        }
    }

    [LoggerMessage(LogLevel.Error, "Events {First} to {Last} of session {SessionId} are gone, and were not told to those who listen: its retention is over")]
    private partial void LogUntold(string sessionId, long first, long last);
}
