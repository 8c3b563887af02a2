using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.Results;
using BlueEdge.Scheduling;
using BlueEdge.Sessions.Events;
using BlueEdge.Sessions.Records;
using BlueEdge.Storage;
using BlueEdge.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace BlueEdge.Sessions;

/// <summary>
/// Owns a session: loads, applies, saves, tells. What callers and reports change is here; what follows from the state is
/// in the other half of the class, and is done again, harmlessly, whenever the grain wakes.
/// </summary>
[GrainType("session"), Reentrant]
internal sealed partial class SessionGrain(
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
    private readonly SessionWaiters _waiters = new(silo, options, clock);
    private ActiveSession _session = null!; // Set on activation, before any call.
    private SessionWorks _works = null!; // Set on activation, before any call.
    private SessionSnapshots _snapshots = null!; // Set on activation, before any call.
    private SessionReads _reads = null!; // Set on activation, before any call.
    private Task? _creating;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = this.GetPrimaryKeyString();
        _session = new(this, id, new(id, store), _waiters, pulse, options, clock);
        _works = new(_session, clock, logger);
        _snapshots = new(_session, _waiters, scheduler);
        _reads = new(_session, _waiters, store, results, deadLetters, notices, logger);
        _session.Changed += Drive;
        return Task.CompletedTask;
    }

    /// <summary>Work that is not done is the next activation's.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _session.DeactivateAsync();

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
            await _session.WakeAsync();
        }

        if (!_session.IsSubmitted)
        {
            var faults = await check.FindFaultsAsync(submission.Spec, cancellationToken);
            await (faults.IsEmpty ? CreateOnceAsync(submission) : _session.WakeAsync());
            if (!_session.IsSubmitted)
            {
                DeactivateOnIdle();
                return new() { Outcome = SubmitOutcome.Invalid, Faults = faults.Listed, FurtherFaults = faults.Further };
            }
        }

        if (!_session.Exists)
        {
            DeactivateOnIdle();
            return new() { Outcome = SubmitOutcome.Expiring };
        }

        // Of a session of another tenant no more is told than that its id is taken.
        if (!_session.State.BelongsTo(submission.Caller)
            || (submission.Fingerprint is { } fingerprint && !string.Equals(fingerprint, _session.State.Fingerprint, StringComparison.Ordinal)))
        {
            return new() { Outcome = SubmitOutcome.Conflict };
        }

        // Durable also means that the session stands in the queue: only then will it run whatever dies.
        await EnlistedAsync();
        await _waiters.EndedAsync(submission.Wait, withResults: true, cancellationToken);
        return new()
        {
            Outcome = SubmitOutcome.Accepted,
            Session = await _snapshots.TakeAsync(cancellationToken),
            Results = _waiters.FirstPages is { } pages ? await pages : [],
        };
    }

    public Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken) =>
        _snapshots.FindAsync(CallerContext.Take(), cancellationToken);

    public Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _snapshots.WaitAsync(CallerContext.Take(), atMost, cancellationToken);

    public Task<SubSessionSnapshot?> FindNodeAsync(string node, CancellationToken cancellationToken) =>
        _snapshots.FindNodeAsync(CallerContext.Take(), node);

    public Task<ImmutableArray<ResultPage>?> ReadResultsAsync(ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        _reads.ReadResultsAsync(CallerContext.Take(), queries, cancellationToken);

    public Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken) =>
        _reads.ReadDeadLettersAsync(CallerContext.Take());

    public Task<ResultBatch?> FollowResultsAsync(string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken) =>
        _reads.FollowResultsAsync(CallerContext.Take(), channel, epoch, offset, atMost, cancellationToken);

    public Task<SessionEventPage?> FollowEventsAsync(long after, TimeSpan atMost, CancellationToken cancellationToken) =>
        _reads.FollowEventsAsync(CallerContext.Take(), after, atMost, cancellationToken);

    public async Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        if (_session.ExistsFor(caller))
        {
            await _session.ChangeAsync(state => state.Stop(clock.GetUtcNow()));
        }

        return await _snapshots.FindAsync(caller, cancellationToken);
    }

    public async Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken)
    {
        CallerContext.Take();

        // It is not woken first, for a pending session would ask for the slots that it is just given.
        await _session.LoadAsync();
        if (!_session.IsSubmitted)
        {
            DeactivateOnIdle();
            return false;
        }

        var state = await _session.ChangeAsync(current => current.RunOut(_session.Spec, clock.GetUtcNow()).Grant(_session.Spec, grant, clock.GetUtcNow()));
        Drive();
        return state.Epoch == grant.Epoch && !state.Status.IsTerminal();
    }

    public async Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await _session.WakeAsync();
        if (_session.IsSubmitted)
        {
            await _session.ChangeAsync(state => state.Lose(_session.Spec, epoch, instance, reason, clock.GetUtcNow()));
        }
    }

    public async Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        await _session.WakeAsync();
        if (_session.IsSubmitted)
        {
            await _session.ChangeAsync(state => state.Report(_session.Spec, report, clock.GetUtcNow()));
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

    /// <summary>Goes on if the caller hangs up.</summary>
    private async Task CreateAsync(Submission submission)
    {
        var spec = submission.Spec with { MaxDuration = submission.Spec.MaxDuration ?? Shorter(options.Value.MaxDuration, limits.Value.Duration) };
        var shared = await startBlobs.ShareAsync(_session.Id, spec, CancellationToken.None);
        var stored = await claimCheck.ApplyAsync(_session.Id, shared, CancellationToken.None);
        await _session.CreateAsync(stored, SessionTransitions.Create(submission, clock.GetUtcNow()) with { Told = sinks.Want(spec) ? 0 : null });
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
