using BlueEdge.Callers;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What callers, the scheduler and the engine instances change in a session that there is. Every call is idempotent.</summary>
internal sealed class SessionProtocol(ActiveSession session, SessionSnapshots snapshots, SessionSlots slots, SessionDriver driver, TimeProvider clock)
{
    public async Task<SessionSnapshot?> StopAsync(Caller caller, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (session.ExistsFor(caller))
        {
            await session.ChangeAsync(state => state.Stop(clock.GetUtcNow()));
        }

        return await snapshots.FindAsync(caller, cancellationToken);
    }

    public async Task<SubSessionSnapshot?> StopNodeAsync(Caller caller, string node)
    {
        await session.WakeAsync();
        if (session.ExistsFor(caller))
        {
            await session.ChangeAsync(state => state.StopNode(session.Spec, node, clock.GetUtcNow()));
        }

        return await snapshots.FindNodeAsync(caller, node);
    }

    public async Task<bool> GrantAsync(LeaseGrant grant)
    {
        // It is not woken first, for a pending session would ask for the slots that it is just given.
        await session.LoadAsync();
        if (!session.IsSubmitted)
        {
            session.Leave();
            return false;
        }

        var state = await slots.TakeAsync(grant);
        driver.Drive();
        return state.Epoch == grant.Epoch && !state.Status.IsTerminal();
    }

    public Task LostAsync(int epoch, string instance, string reason) =>
        ChangeAsync(state => state.Lose(session.Spec, epoch, instance, reason, clock.GetUtcNow()));

    public Task ReportAsync(SubSessionReport report) =>
        ChangeAsync(state => state.Report(session.Spec, report, clock.GetUtcNow()));

    public Task ReportEventsAsync(EngineEventReport report) =>
        ChangeAsync(state => state.Hear(session.Spec, report, clock.GetUtcNow()));

    private async Task ChangeAsync(Func<SessionState, SessionState> change)
    {
        await session.WakeAsync();
        if (session.IsSubmitted)
        {
            await session.ChangeAsync(change);
        }
    }
}
