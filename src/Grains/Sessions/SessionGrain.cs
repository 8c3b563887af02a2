using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.Engines;
using BlueEdge.Results;
using BlueEdge.Scheduling;
using BlueEdge.Sessions.Listing;
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
    [PersistentState("session", StorageNames.Grains)] IPersistentState<SessionState> stateStorage,
    [PersistentState("spec", StorageNames.Grains)] IPersistentState<SessionSpecState> specStorage,
    EngineCatalogCache catalog,
    SchedulerClient scheduler,
    IResultStore results,
    IDeadLetterStore deadLetters,
    ResultNotices notices,
    ClaimCheck claimCheck,
    SessionIndex index,
    SessionRetention retention,
    IDurabilityBarrier durability,
    IOptions<SessionOptions> options,
    IOptions<SessionLimits> limits,
    TimeProvider clock,
    ILogger<SessionGrain> logger) : Grain, ISessionGrain, ISessionControl, IRemindable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GroupCommit<SessionState> _state = null!; // Set on activation, before any call.
    private SessionPlan? _plan;
    private Task? _creating;

    private string SessionId => this.GetPrimaryKeyString();

    /// <summary>The session's spec; asked for only where the session exists.</summary>
    private SessionSpec Spec => specStorage.State.Spec
        ?? throw new InvalidOperationException($"Session {SessionId} has a state and no spec.");

    private SessionPlan Plan => _plan ??= new(Spec);

    /// <summary>Whether the session was submitted, and is not yet past its retention.</summary>
    private bool Exists => _state.Current.Epoch > 0
        && (_state.Current.EndedAt is not { } endedAt || endedAt + options.Value.Retention > clock.GetUtcNow());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = new(stateStorage);
        if (_state.Current.Epoch > 0)
        {
            _wokeEnded = _state.Current.Status.IsTerminal();
            Drive();
        }

        return Task.CompletedTask;
    }

    public async Task<SubmitResult> SubmitAsync(SessionSpec spec, string? fingerprint, CancellationToken cancellationToken)
    {
        if (_state.Current.Epoch == 0)
        {
            if (await FindFaultsAsync(spec, cancellationToken) is { IsEmpty: false } faults)
            {
                DeactivateOnIdle();
                return new() { Outcome = SubmitOutcome.Invalid, Faults = faults };
            }

            await CreateOnceAsync(spec, fingerprint);
        }
        else if (!Exists)
        {
            DeactivateOnIdle();
            throw new BlueEdgeException($"Session {SessionId} is just being deleted, for its retention is over. Submit it again.");
        }

        if (fingerprint is not null && !string.Equals(fingerprint, _state.Current.Fingerprint, StringComparison.Ordinal))
        {
            return new() { Outcome = SubmitOutcome.Conflict };
        }

        // Durable also means that the session stands in the queue: only then will it run whatever dies. And who was told of
        // it finds it in the lists.
        await EnlistedAsync();
        await durability.ReachAsync();
        return new() { Outcome = SubmitOutcome.Accepted, Session = await SnapshotAsync(cancellationToken) };
    }

    public async Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        if (Exists)
        {
            return await SnapshotAsync(cancellationToken);
        }

        DeactivateOnIdle();
        return null;
    }

    public async Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (Exists && !_ended.Task.IsCompleted && atMost > TimeSpan.Zero)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_ended.Task, Task.Delay(atMost < LongestWait ? atMost : LongestWait, clock, waiting.Token));
            await waiting.CancelAsync();
        }

        return await FindAsync(cancellationToken);
    }

    public async Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken)
    {
        if (Exists)
        {
            await ChangeAsync(state => state.Stop(clock.GetUtcNow()));
        }

        return await FindAsync(cancellationToken);
    }

    public async Task<ImmutableArray<ResultPage>?> ReadResultsAsync(
        ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        Exists ? await results.ReadAsync(SessionId, _state.Current.Epoch, queries, cancellationToken) : null;

    public async Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken) =>
        Exists ? await deadLetters.ReadAsync(SessionId, Spec, _state.Current) : null;

    public async Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken)
    {
        if (_state.Current.Epoch == 0)
        {
            DeactivateOnIdle();
            return false;
        }

        var state = await ChangeAsync(current => current.Grant(Spec, grant, clock.GetUtcNow()));
        return state.Epoch == grant.Epoch && !state.Status.IsTerminal();
    }

    public async Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken)
    {
        if (_state.Current.Epoch > 0)
        {
            await ChangeAsync(state => state.Lose(Spec, epoch, instance, reason, clock.GetUtcNow()));
        }
    }

    public async Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        if (_state.Current.Epoch > 0)
        {
            await ChangeAsync(state => state.Report(Spec, report, clock.GetUtcNow()));
        }
    }

    /// <summary>Waking up is all that a reminder is for.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task<ImmutableArray<Fault>> FindFaultsAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        var faults = SessionValidator.Validate(spec, catalog.Current.Engines, limits.Value);
        return faults.IsEmpty
            ? faults
            : SessionValidator.Validate(spec, (await catalog.RefreshAsync(cancellationToken)).Engines, limits.Value);
    }

    /// <summary>Creates the session; the same submission may come twice at once.</summary>
    private async Task CreateOnceAsync(SessionSpec spec, string? fingerprint)
    {
        var creating = _creating ??= CreateAsync(spec, fingerprint);
        try
        {
            await creating;
        }
        finally
        {
            _creating = null;
        }
    }

    private async Task CreateAsync(SessionSpec spec, string? fingerprint)
    {
        // The state makes the session exist, so the spec goes first. Both go on if the caller hangs up.
        specStorage.State = new() { Spec = await claimCheck.ApplyAsync(SessionId, spec, CancellationToken.None) };
        await specStorage.WriteStateAsync();
        await _state.ApplyAsync(state => state.Epoch > 0 ? state : SessionTransitions.Create(spec, fingerprint, clock.GetUtcNow()));
        Drive();
    }

    /// <summary>Changes the state, with all that follows from it, and does what is due then.</summary>
    private async Task<SessionState> ChangeAsync(Func<SessionState, SessionState> change)
    {
        var before = _state.Current;
        var state = await _state.ApplyAsync(current => SettleAll(change(current)));
        if (!ReferenceEquals(before, state))
        {
            Drive();
        }

        return state;
    }

    private SessionState SettleAll(SessionState state)
    {
        for (var settled = state.Settle(Spec, clock.GetUtcNow()); !ReferenceEquals(settled, state); settled = state.Settle(Spec, clock.GetUtcNow()))
        {
            state = settled;
        }

        return state;
    }

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
            Nodes = [.. Spec.Nodes.Zip(state.Nodes, (node, at) => new NodeSnapshot
            {
                Name = node.Name,
                Engine = node.Engine,
                Status = at.Status,
                Instance = at.Instance,
                Error = at.Error,
                ItemsRead = at.ItemsRead,
                ItemsWritten = at.ItemsWritten,
                ItemsDropped = at.ItemsDropped,
            })],
            InterestedChannels = Plan.InterestedChannels,
            Position = state.Status is SessionStatus.Pending ? position : null,
            SubmittedAt = state.SubmittedAt,
            EndedAt = state.EndedAt,
            Epoch = state.Epoch,
            FormerAttempts = state.FormerAttempts,
        };
    }
}
