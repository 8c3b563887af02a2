using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using BlueEdge.Callers;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Storage;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Scheduling;

internal sealed partial class SchedulerGrain(
    ISchedulerStores stores,
    IClusterMembershipService membership,
    SchedulingMetrics metrics,
    GrainErrors errors,
    ISessionLists lists,
    SiloStopping silo,
    IOptions<SchedulingOptions> options,
    TimeProvider clock,
    ILogger<SchedulerGrain> logger) : Grain, ISchedulerGrain, ISchedulerControl, IRemindable, IDisposable
{
    private const string WakeReminder = "wake";
    private static readonly TimeSpan WakePeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReminderRetryDelay = TimeSpan.FromSeconds(5);

    private readonly SchedulerModel _model = new(options.Value.OvertakingBound, options.Value.RememberedAttempts, options.Value.Terms, options.Value.RankScope);
    private readonly SiloWatch _silos = new(membership);
    private readonly CancellationTokenSource _deactivating = new();
    private SchedulerEvents _events = null!; // Set on activation, before any call.
    private SessionTeller _teller = null!; // Set on activation, before any call.
    private ForgottenSessions _forgotten = null!; // Set on activation, before any call.
    private LoadBoard _loads = null!; // Set on activation, before any call.
    private CancellationTokenRegistration _stopping;

    /// <summary>Whether a silo died since it looked for forgotten sessions last; it may have been opened for that.</summary>
    private bool _sawDeath = true;
    private EngineCatalog _catalog = new();

    private string Domain => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What is begun here outlasts the call that came first.
        CallerContext.Take();
        var began = clock.GetTimestamp();
        var store = new MeasuredSchedulerStore(stores.Of(Domain), metrics, clock);
        var stored = await OpenAsync(store);
        _model.Restore(stored);
        _events = new(_model, store, OnCommitted, OnFailed, clock, options.Value.StorePatience);
        _teller = new(GrainFactory, _events, clock, logger, _deactivating.Token);
        _forgotten = new(lists, GrainFactory, _model, Domain, clock, logger, _deactivating.Token);

        // The version must be another than any that callers know from the activation before.
        _catalog = new()
        {
            Version = clock.GetUtcNow().UtcTicks,
            Engines = stored.Engines.ToImmutableDictionary(engine => engine.Id, StringComparer.Ordinal),
        };
        _loads = new(_catalog.Version, _model.Engines, clock);
        _stopping = silo.Token.Register(_loads.End);
        await membership.Refresh(cancellationToken: cancellationToken);
        metrics.RecordAll(_model);
        LogOpened(Domain, _model.Pending, _model.Leased, clock.GetElapsedTime(began));

        // Nothing of this may be awaited: sessions call back before they answer.
        _ = ResumeAsync([.. stored.Losses.Select(loss => loss.ToLoss())]);
        _ = FollowSilosAsync();
        _ = RegisterReminderAsync();
    }

    /// <summary>The caller whose call activates the grain is told of it too, and no call filter stands between.</summary>
    private async Task<StoredSchedule> OpenAsync(MeasuredSchedulerStore store)
    {
        try
        {
            return await store.OpenAsync();
        }
        catch (Exception error)
        {
            ExceptionDispatchInfo.Throw(errors.Translate(error) ?? error);
            throw;
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _deactivating.CancelAsync();
        metrics.Forget();
        _events?.End(new($"Scheduler '{Domain}' moves. Call again."));
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _deactivating.Dispose();
        _teller?.Dispose();
    }

    /// <summary>The safety net: being called wakes the scheduler, and sessions that still prepare are reminded of their grants.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        foreach (var attempt in _model.Attempts.Where(attempt => !attempt.Confirmed))
        {
            _teller.RepeatGrant(attempt);
        }

        if (_sawDeath)
        {
            // A silo that hung may have saved one more session before it heard that it is dead.
            _sawDeath = false;
            _forgotten.Search();
        }

        return Task.CompletedTask;
    }

    private void OnCommitted(SchedulerChanges changes, HashSet<Attempt> untold)
    {
        foreach (var attempt in untold.Where(attempt => !attempt.IsOver))
        {
            _teller.TellGrant(attempt);
        }

        foreach (var loss in changes.Lost)
        {
            _teller.TellLoss(loss);
        }

        if (changes.Engines.Count > 0)
        {
            var engines = changes.Engines.Aggregate(
                _catalog.Engines, (known, engine) => engine.Definition is { } definition ? known.SetItem(engine.Id, definition) : known.Remove(engine.Id));
            _catalog = new() { Version = _catalog.Version + 1, Engines = engines };
        }

        _loads.Put(changes.ChangedEngineIds.Select(_model.Engine).Concat(changes.Engines));
        metrics.Record(changes, _model);
    }

    private void OnFailed(Exception error)
    {
        LogWriteFailed(error, Domain);
        if (error is SchedulerFencedException)
        {
            // It is idle only once nobody waits.
            _loads.End();
            DeactivateOnIdle();
        }
    }

    /// <summary>Goes on where the activation before this one stopped.</summary>
    private async Task ResumeAsync(ImmutableArray<LeaseLoss> losses)
    {
        foreach (var loss in losses)
        {
            _teller.TellLoss(loss);
        }

        // First in the queue of events: whoever joins or asks is served by instances that are there. What the model gave
        // out while it was restored goes with it to the store, and then to its sessions.
        await LoseInstancesAsync(membership.CurrentSnapshot, evenIfNone: true);
        RepeatGrants();
        _forgotten.Search();
    }

    private async Task FollowSilosAsync()
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(_deactivating.Token))
            {
                await LoseInstancesAsync(snapshot, evenIfNone: false);
                if (_silos.SawDeath(snapshot))
                {
                    _sawDeath = true;
                    RepeatGrants();
                    _forgotten.Search();
                }
            }
        }
        catch (Exception error) when (error is SchedulerFencedException || _deactivating.IsCancellationRequested)
        {
            // Deactivated.
        }
    }

    private async Task LoseInstancesAsync(ClusterMembershipSnapshot snapshot, bool evenIfNone)
    {
        var lost = _model.Instances.Where(instance => SiloWatch.IsDead(snapshot, instance.Attendance.Silo)).Select(instance => instance.Id).ToList();
        lost.ForEach(instance => LogLost(Domain, instance));
        if (lost.Count > 0 || evenIfNone)
        {
            await _events.ApplyPatientlyAsync(model => lost.ForEach(instance => model.Leave(instance, SubSessionReport.Lost)));
        }
    }

    /// <summary>Sessions that hold leases may have died with their silo; a call wakes them.</summary>
    private void RepeatGrants()
    {
        foreach (var attempt in _model.Attempts)
        {
            _teller.RepeatGrant(attempt);
        }
    }

    private async Task RegisterReminderAsync()
    {
        while (!_deactivating.IsCancellationRequested)
        {
            try
            {
                await this.RegisterOrUpdateReminder(WakeReminder, WakePeriod, WakePeriod);
                return;
            }
            catch (Exception error)
            {
                LogReminderFailed(error, Domain);
                await Task.Delay(ReminderRetryDelay, clock);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Scheduler {Domain} opened with {Pending} pending sessions and {Leased} that hold leases, after {Elapsed}")]
    private partial void LogOpened(string domain, int pending, int leased, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain}: the silo of engine instance {Instance} is gone, and its leases are lost")]
    private partial void LogLost(string domain, string instance);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not write")]
    private partial void LogWriteFailed(Exception error, string domain);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not register its reminder; it is tried again")]
    private partial void LogReminderFailed(Exception error, string domain);
}
