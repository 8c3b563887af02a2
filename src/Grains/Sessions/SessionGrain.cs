using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Validation;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Owns a session: loads, applies, saves, tells. What callers and reports change is here; what follows from the state is
/// in the other half of the class, and is done again, harmlessly, whenever the grain wakes.
/// </summary>
[GrainType("session"), Reentrant]
#pragma warning disable CA1001 // The source holds nothing to dispose, and work that ends late still looks at its token.
internal sealed partial class SessionGrain(
#pragma warning restore CA1001
    ISessionStore store,
    SubmissionCheck check,
    SchedulerClient scheduler,
    IResultStore results,
    IDeadLetterStore deadLetters,
    IResultNotices notices,
    ClaimCheck claimCheck,
    StartBlobs startBlobs,
    SessionEventSinks sinks,
    SiloStopping silo,
    SiloPulse pulse,
    IOptions<SessionOptions> options,
    IOptions<SessionLimits> limits,
    TimeProvider clock,
    ILogger<SessionGrain> logger) : Grain, ISessionGrain, ISessionControl, IRemindable
{
    private readonly CancellationTokenSource _deactivated = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionRecord _record = null!; // Set on activation, before any call.
    private GroupCommit<SessionState> _state = null!; // Set on activation, before any call.
    private SessionPlan? _plan;

    /// <summary>How many callers wait for the end or for results; meanwhile it stays in memory.</summary>
    private int _waiting;

    /// <summary>How many of them are told the results with the end.</summary>
    private int _running;

    private Task? _creating;

    private string SessionId => this.GetPrimaryKeyString();

    /// <summary>The session's spec; asked for only where the session exists.</summary>
    private SessionSpec Spec => _record.Spec
        ?? throw new InvalidOperationException($"Session {SessionId} has a state and no spec.");

    private SessionPlan Plan => _plan ??= new(Spec);

    /// <summary>Whether the session was submitted, and is not yet past its retention.</summary>
    private bool Exists => _state.Current.Epoch > 0
        && (_state.Current.EndedAt is not { } endedAt || endedAt + options.Value.Retention > clock.GetUtcNow());

    /// <summary>Whether there is such a session for that caller.</summary>
    private bool ExistsFor(Caller caller) => Exists && _state.Current.BelongsTo(caller);

    /// <summary>Reads nothing yet: most activations are of new sessions, of which there is nothing to read.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new(SessionId, store);
        _state = new(_record, SessionState.None);
        return Task.CompletedTask;
    }

    /// <summary>Work that is not done is the next activation's.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _deactivated.CancelAsync();

    public Task<SubmitResult> SubmitAsync(SessionSpec spec, string? fingerprint, CancellationToken cancellationToken) =>
        RunAsync(spec, fingerprint, TimeSpan.Zero, cancellationToken);

    public Task<SubmitResult> RunAsync(SessionSpec spec, string? fingerprint, TimeSpan atMost, CancellationToken cancellationToken) =>
        RunAsync(new(spec) { Caller = Caller.Current, Fingerprint = fingerprint, Wait = atMost }, cancellationToken);

    private async Task<SubmitResult> RunAsync(Submission submission, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        if (submission.Fingerprint is not null)
        {
            // Who can submit it again may have done so before.
            await WakeAsync();
        }

        if (_state.Current.Epoch == 0)
        {
            var faults = await check.FindFaultsAsync(submission.Spec, cancellationToken);
            await (faults.IsEmpty ? CreateOnceAsync(submission) : WakeAsync());
            if (_state.Current.Epoch == 0)
            {
                DeactivateOnIdle();
                return new() { Outcome = SubmitOutcome.Invalid, Faults = faults.Listed, FurtherFaults = faults.Further };
            }
        }

        if (!Exists)
        {
            DeactivateOnIdle();
            return new() { Outcome = SubmitOutcome.Expiring };
        }

        // Of a session of another tenant no more is told than that its id is taken.
        if (!_state.Current.BelongsTo(submission.Caller)
            || (submission.Fingerprint is { } fingerprint && !string.Equals(fingerprint, _state.Current.Fingerprint, StringComparison.Ordinal)))
        {
            return new() { Outcome = SubmitOutcome.Conflict };
        }

        // Durable also means that the session stands in the queue: only then will it run whatever dies.
        await EnlistedAsync();
        _running++;
        await EndedAsync(submission.Wait, cancellationToken);
        _running--;
        return new()
        {
            Outcome = SubmitOutcome.Accepted,
            Session = await SnapshotAsync(cancellationToken),
            Results = _firstPages is { } pages ? await pages : [],
        };
    }

    public async Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        return await FindAsync(caller, cancellationToken);
    }

    public async Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        if (ExistsFor(caller))
        {
            _isAskedForResults = true;
            await EndedAsync(atMost, cancellationToken);
        }

        return await FindAsync(caller, cancellationToken);
    }

    public async Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        if (ExistsFor(caller))
        {
            await ChangeAsync(state => state.Stop(clock.GetUtcNow()));
        }

        return await FindAsync(caller, cancellationToken);
    }

    public async Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken)
    {
        CallerContext.Take();

        // It is not woken first, for a pending session would ask for the slots that it is just given.
        await _state.LoadAsync();
        if (_state.Current.Epoch == 0)
        {
            DeactivateOnIdle();
            return false;
        }

        var state = await ChangeAsync(current => current.RunOut(Spec, clock.GetUtcNow()).Grant(Spec, grant, clock.GetUtcNow()));
        Drive();
        return state.Epoch == grant.Epoch && !state.Status.IsTerminal();
    }

    public async Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await WakeAsync();
        if (_state.Current.Epoch > 0)
        {
            await ChangeAsync(state => state.Lose(Spec, epoch, instance, reason, clock.GetUtcNow()));
        }
    }

    public async Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await WakeAsync();
        if (_state.Current.Epoch > 0)
        {
            await ChangeAsync(state => state.Report(Spec, report, clock.GetUtcNow()));
        }
    }

    /// <summary>The session as it is; one of another tenant is as none.</summary>
    private async Task<SessionSnapshot?> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        await WakeAsync();
        if (ExistsFor(caller))
        {
            return await SnapshotAsync(cancellationToken);
        }

        if (!Exists)
        {
            DeactivateOnIdle();
        }

        return null;
    }

    /// <summary>Reads the session where it is not known, and does what is due, whoever calls.</summary>
    private async Task WakeAsync()
    {
        if (pulse.IsInDoubt && !_state.Current.Status.IsTerminal())
        {
            _state.Doubt();
        }

        if (_state.IsKnown)
        {
            return;
        }

        await _state.LoadAsync();
        if (_state.Current.Epoch > 0)
        {
            _isAskedForResults |= _state.Current.Status.IsTerminal();
            Drive();
        }
    }

    /// <summary>Waits for the end, so long; not while the silo stops, which would wait for this.</summary>
    private async Task EndedAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost > TimeSpan.Zero && !_ended.Task.IsCompleted)
        {
            _waiting++;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
            await _ended.Task
                .WaitAsync(Shorter(atMost, LongPoll.LongestTurn), clock, patience.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _waiting--;
        }
    }

    /// <summary>Creates the session; the same submission may come twice at once.</summary>
    private async Task CreateOnceAsync(Submission submission)
    {
        var creating = _creating ??= CreateAsync(submission);
        try
        {
            await creating;
        }
        finally
        {
            _creating = null;
        }
    }

    /// <summary>Goes on if the caller hangs up. The first write finds out whether the session was new.</summary>
    private async Task CreateAsync(Submission submission)
    {
        var spec = submission.Spec with { MaxDuration = submission.Spec.MaxDuration ?? Shorter(options.Value.MaxDuration, limits.Value.Duration) };
        var shared = await startBlobs.ShareAsync(SessionId, spec, CancellationToken.None);
        _record.Spec = await claimCheck.ApplyAsync(SessionId, shared, CancellationToken.None);
        if (!_state.IsKnown)
        {
            _state.AssumeNew();
        }

        try
        {
            var created = SessionTransitions.Create(submission, clock.GetUtcNow()) with { Told = sinks.Want(spec) ? 0 : null };
            await _state.ApplyAsync(state => state.Epoch > 0 ? state : Note(state, created));
        }
        catch (InconsistentStateException)
        {
            await _state.LoadAsync();
            _plan = null;
        }

        Drive();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Changes the state, with all that follows from it, and does what is due then.</summary>
    private async Task<SessionState> ChangeAsync(Func<SessionState, SessionState> change)
    {
        try
        {
            return await ApplyAsync(change);
        }
        catch (ResultsLostException lost)
        {
            // A session that would finish without them fails, or runs again.
            return await ApplyAsync(state => change(state).LoseResults(lost.Message, clock.GetUtcNow()));
        }
    }

    private async Task<SessionState> ApplyAsync(Func<SessionState, SessionState> change)
    {
        var before = _state.Current;
        var state = await _state.ApplyAsync(current => change(current) is var next && ReferenceEquals(next, current) ? current : SettleAll(Note(current, next)).Tell(_told));
        if (!ReferenceEquals(before, state))
        {
            TellFollowers();
            Drive();
        }

        return state;
    }

    private SessionState SettleAll(SessionState state)
    {
        for (var settled = state.Settle(Spec, clock.GetUtcNow()); !ReferenceEquals(settled, state); settled = state.Settle(Spec, clock.GetUtcNow()))
        {
            state = Note(state, settled);
        }

        return state;
    }

    private SessionState Note(SessionState before, SessionState after) => after.Note(Spec, before, clock.GetUtcNow());

    private async Task<SessionSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (_state.Current.Status.IsTerminal())
        {
            // An end is told only once nothing can undo it.
            await _ended.Task;
        }

        var position = _state.Current.Status is SessionStatus.Pending
            ? await scheduler.FindPositionAsync(SessionId, cancellationToken)
            : null;
        var state = _state.Current;
        return new()
        {
            SessionId = SessionId,
            Status = state.Status,
            Reason = state.Reason,
            Nodes = [.. Spec.Nodes.Zip(state.Nodes, SnapshotOf)],
            InterestedChannels = Plan.InterestedChannels,
            Position = state.Status is SessionStatus.Pending ? position : null,
            SubmittedAt = state.SubmittedAt,
            EndedAt = state.EndedAt,
            Epoch = state.Epoch,
            FormerAttempts = state.FormerAttempts,
            Warnings =
            [
                .. WarningCodes.Of(Spec),
                .. WarningCodes.Of(state.Status is SessionStatus.Pending ? position : null),
                .. Spec.Nodes.Zip(state.Nodes).SelectMany(node => node.Second.Warnings?.Tell(node.First.Name) ?? []),
            ],
        };
    }
}
