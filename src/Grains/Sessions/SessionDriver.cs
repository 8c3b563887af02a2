using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>What follows from a session's state: each piece of work is idempotent, and begun again, harmlessly, whenever the grain wakes.</summary>
internal sealed partial class SessionDriver(
    ActiveSession session,
    SessionWaiters waiters,
    SessionWorks works,
    SessionDeadlines deadlines,
    SessionSlots slots,
    SessionNodes nodes,
    SessionStartData startData,
    SessionInputs inputs,
    SessionTelling telling,
    SessionReads reads,
    ILogger logger)
{
    /// <summary>Begins what is due in the present state, unless it was begun already.</summary>
    public void Drive()
    {
        var state = session.State;
        slots.Release(state);
        deadlines.LimitDuration(state);
        telling.Tell(state);
        switch (state.Status)
        {
            case SessionStatus.Pending:
                slots.Enlist(state);
                break;
            case SessionStatus.Queuing:
                nodes.Start(state);
                deadlines.LimitPreparing(state);
                break;
            case SessionStatus.Processing:
                startData.Write(state);
                inputs.Feed(state);
                slots.Confirm(state);
                nodes.StopAlone(state);
                break;
            case SessionStatus.Stopping:
                nodes.Stop(state);
                inputs.CloseWhereStopped(state);
                deadlines.LimitStopping(state);
                break;
            default:
                works.Begin(state, "close", CloseAsync, () => true);
                break;
        }
    }

    private async Task CloseAsync(SessionState state)
    {
        deadlines.End();
        if (waiters.WantResults)
        {
            // The last of them were stored before the end.
            waiters.FirstPages = reads.ReadFirstPagesAsync(state);
        }

        inputs.Close(state);
        waiters.End();
        LogEnded(session.Id, state.Status, ErrorText.Escape(state.Reason));
        await slots.WithdrawAsync(state);
        await telling.Done;
        await slots.ReleasedAsync();
        await waiters.LingerAsync();
        session.Leave();
    }

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} ended as {Status}: {Reason}")]
    private partial void LogEnded(string sessionId, SessionStatus status, string? reason);
}
