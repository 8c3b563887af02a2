using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>Hands what happens to the session to those who listen, in order, until they have taken it.</summary>
internal sealed partial class SessionTelling(ActiveSession session, SessionWorks works, ISessionStore store, SessionEventSinks sinks, ILogger logger)
{
    private const string Work = "tell those who listen to it";
    private bool _isTelling;

    /// <summary>Ends once all have been told of all there was; never fails.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>Hands over what is new, unless that is under way.</summary>
    public void Tell(SessionState state)
    {
        session.Told = Math.Max(session.Told, state.Told ?? 0);
        if (state.OwesEvents && !_isTelling)
        {
            _isTelling = true;
            Done = TellAllAsync(state.Epoch);
        }
    }

    /// <summary>What happens meanwhile is told too. Only the end has a write of its own for it, which nobody but a restart waits for.</summary>
    private async Task TellAllAsync(int epoch)
    {
        while (session.Told < session.State.LastEvent && !session.Deactivated.IsCancellationRequested)
        {
            await works.DoAsync(epoch, Work, TellNextAsync, () => true);
        }

        _isTelling = false;
        if (IsEndUntold())
        {
            await works.DoAsync(epoch, Work, () => session.ChangeAsync(session.Tell), IsEndUntold);
        }

        bool IsEndUntold() => session.State is { OwesEvents: true, Status: var status } && status.IsTerminal();
    }

    private async Task TellNextAsync()
    {
        var last = session.State.LastEvent;
        var events = session.Untold.After(session.Told) is { IsEmpty: false } stored ? stored : await store.ReadEventsAsync(session.Id, session.Told, SessionEventPage.Most);
        if (events.IsEmpty)
        {
            LogUntold(session.Id, session.Told + 1, last);
            session.Told = last;
        }
        else
        {
            // Whatever comes of it, whoever is told may have heard of it then.
            var listened = session.Listened with { IsUnheard = session.IsUnheard };
            session.IsUnheard = false;
            await sinks.TakeAsync(listened, events, session.Deactivated);
            session.Told = events[^1].Number;
        }
    }

    [LoggerMessage(LogLevel.Error, "Events {First} to {Last} of session {SessionId} are gone, and were not told to those who listen: its retention is over")]
    private partial void LogUntold(string sessionId, long first, long last);
}
