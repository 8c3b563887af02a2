using BlueEdge.Grains.Scheduling;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What the session asks of the scheduler and gives back to it: a slot for each of its nodes.</summary>
internal sealed class SessionSlots(
    ActiveSession session, SessionWaiters waiters, SessionWorks works, SessionDeadlines deadlines, SchedulerClient scheduler, TimeProvider clock)
{
    private const string EnlistWork = "enlist";
    private const string ReleaseWork = "release";

    /// <summary>How long a pending session stays in memory for those who ask for it next.</summary>
    private static readonly TimeSpan PendingLinger = TimeSpan.FromSeconds(1);

    private int _released;

    /// <summary>Has the session stand in the queue, once its backoff is over.</summary>
    public void Enlist(SessionState state) => works.BeginWhile(state, EnlistWork, EnlistAsync);

    /// <summary>Waits until the session stands in the queue, or is beyond it; throws what keeps it from that.</summary>
    public Task EnlistedAsync() =>
        session.State is { Status: SessionStatus.Pending, Epoch: var epoch } ? works.TryOf(EnlistWork, epoch) : Task.CompletedTask;

    /// <summary>Takes the slots that are given to it, unless it has had its time, and tells the state then.</summary>
    public Task<SessionState> TakeAsync(LeaseGrant grant) =>
        session.ChangeAsync(state => state.RunOut(session.Spec, clock.GetUtcNow()).Grant(session.Spec, grant, clock.GetUtcNow()));

    /// <summary>Says that it makes use of them.</summary>
    public void Confirm(SessionState state) => works.BeginWhile(state, "confirm", one =>
        scheduler.ConfirmAsync(new() { SessionId = session.Id, Epoch = one.Epoch }));

    /// <summary>Gives back the slots of nodes that are over. Totals may be told again.</summary>
    public void Release(SessionState state)
    {
        var over = state.Nodes.Count(node => node.IsOver && node.Instance is not null);
        if (over > _released)
        {
            _released = over;
            works.Begin(state, $"{ReleaseWork}-{over}", ReleaseAsync, () => true);
        }
        else if (over < _released)
        {
            _released = 0; // A new attempt.
        }
    }

    /// <summary>Ends once all that were to be given back are.</summary>
    public Task ReleasedAsync() => works.DoneAsync(ReleaseWork);

    /// <summary>Takes the session out of the queue, where it may still stand.</summary>
    public Task WithdrawAsync(SessionState state) =>
        state.Nodes.All(node => node.Instance is null) ? scheduler.WithdrawAsync(session.Id, state.Epoch) : Task.CompletedTask;

    private async Task EnlistAsync(SessionState state)
    {
        if (state.NotBefore - clock.GetUtcNow() is { } backoff && backoff > TimeSpan.Zero)
        {
            await deadlines.RemindAsync(backoff);
            await scheduler.WithdrawAsync(session.Id, state.Epoch - 1);
            await Task.Delay(backoff, clock, session.Deactivated);
            if (session.State.Status is not SessionStatus.Pending)
            {
                return;
            }
        }

        // Enlisting an attempt also frees what the one before it still held.
        var grant = await scheduler.EnlistAsync(new()
        {
            SessionId = session.Id,
            Epoch = state.Epoch,
            Rank = session.Spec.Rank,
            SubmittedAt = state.SubmittedAt,
            Demands = session.Plan.Demands,
            Tenant = state.Tenant,
        });
        if (state.NotBefore is not null)
        {
            // Nobody else wakes a session that waits in the queue when its time is over.
            await (grant is null && state.RunsOutAt(session.Spec) is { } end ? deadlines.RemindAsync(end - clock.GetUtcNow()) : deadlines.ForgetReminderAsync());
        }

        if (session.State.Status.IsTerminal())
        {
            // A stop came while the request was under way: it must not stay in the queue.
            await scheduler.WithdrawAsync(session.Id, state.Epoch);
        }
        else if (grant is not null)
        {
            // Not awaited, so that who submitted is answered; nobody else would tell it again for a minute.
            works.BeginWhile(state, "take its slots", _ => TakeAsync(grant));
        }
        else
        {
            _ = LeaveAsync(state);
        }
    }

    /// <summary>A session that waits for slots need not be in memory: the scheduler wakes it with its grant.</summary>
    private async Task LeaveAsync(SessionState state)
    {
        await Task.Delay(PendingLinger, clock);
        if (ReferenceEquals(session.State, state) && !waiters.Any)
        {
            session.Leave();
        }
    }

    private Task ReleaseAsync(SessionState state) => scheduler.ReleaseAsync(new()
    {
        SessionId = session.Id,
        Epoch = state.Epoch,
        Released =
        [
            .. session.Spec.Nodes
                .Zip(state.Nodes, (spec, node) => (spec.Engine, node))
                .Where(pair => pair.node is { IsOver: true, Instance: not null })
                .CountBy(pair => new Lease { Engine = pair.Engine, Instance = pair.node.Instance! }) // Asked for just above.
                .Select(pair => new ReleasedSlots { Lease = pair.Key, Total = pair.Value }),
        ],
    });
}
