using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Scheduling.Matching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Scheduling;

/// <summary>
/// Owns a scheduling domain: the model in memory, and its copy in the store. What happens goes through
/// <see cref="SchedulerEvents"/>; whom to tell is in the other half of the class.
/// </summary>
[GrainType("scheduler"), Reentrant, KeepAlive]
internal sealed partial class SchedulerGrain(
    IConnectionMultiplexer redis,
    Serializer serializer,
    IClusterMembershipService membership,
    IOptions<SchedulingOptions> options,
    TimeProvider clock,
    ILogger<SchedulerGrain> logger) : Grain, ISchedulerGrain, ISchedulerControl, IRemindable, IDisposable
{
    private const string WakeReminder = "wake";
    private static readonly TimeSpan WakePeriod = TimeSpan.FromMinutes(1);

    private readonly SchedulerModel _model = new(options.Value.OvertakingBound, options.Value.RememberedAttempts);
    private readonly CancellationTokenSource _deactivating = new();
    private SchedulerEvents _events = null!; // Set on activation, before any call.
    private EngineCatalog _catalog = new();

    private string Domain => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var store = new SchedulerStore(Domain, redis, serializer);
        var stored = await store.OpenAsync();
        _model.Restore(stored);
        _events = new(_model, store, Tell, OnFailure, clock);
        _catalog = new()
        {
            Version = clock.GetUtcNow().UtcTicks,
            Engines = stored.Engines.ToImmutableDictionary(engine => engine.Id, StringComparer.Ordinal),
        };
        await membership.Refresh(cancellationToken: cancellationToken);
        LogOpened(Domain, _model.Pending, _model.Leased);

        // Nothing of this may be awaited: sessions call back before they answer.
        _ = FollowMembershipAsync();
        _ = ResumeAsync(stored.Losses);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _deactivating.CancelAsync();

    public void Dispose()
    {
        _deactivating.Dispose();
        _telling.Dispose();
    }

    public async Task<ImmutableArray<LeaseGrant?>> EnlistAsync(ImmutableArray<EnlistRequest> requests, CancellationToken cancellationToken) =>
        await _events.ApplyAsync(
            model =>
            {
                foreach (var request in requests)
                {
                    model.Enlist(request);
                }
            },
            granted => requests.Select(request => GrantOf(request, granted)).ToImmutableArray());

    public Task WithdrawAsync(string sessionId, int epoch, CancellationToken cancellationToken) =>
        _events.ApplyAsync(model => model.Withdraw(sessionId, epoch));

    public Task ConfirmAsync(ImmutableArray<SessionAttempt> attempts, CancellationToken cancellationToken) =>
        _events.ApplyAsync(model =>
        {
            foreach (var attempt in attempts)
            {
                model.Confirm(attempt);
            }
        });

    public Task ReleaseAsync(ImmutableArray<LeaseRelease> releases, CancellationToken cancellationToken) =>
        _events.ApplyAsync(model =>
        {
            foreach (var release in releases)
            {
                model.Release(release);
            }
        });

    public Task<QueuePosition?> FindPositionAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(_model.FindPosition(sessionId));

    public async Task JoinAsync(InstanceAttendance instance, CancellationToken cancellationToken)
    {
        var taken = false;
        await _events.ApplyAsync(model => taken = model.Join(instance));
        if (!taken)
        {
            throw new BlueEdgeException($"Engine instance {instance.Instance} has left and cannot join again. Restart its process.");
        }
    }

    public Task DrainAsync(string instance, CancellationToken cancellationToken) =>
        _events.ApplyAsync(model => model.Drain(instance));

    public Task LeaveAsync(string instance, string reason, CancellationToken cancellationToken) =>
        _events.ApplyAsync(model => model.Leave(instance, reason));

    public Task<EngineCatalog?> GetCatalogAsync(long knownVersion, CancellationToken cancellationToken) =>
        Task.FromResult(knownVersion == _catalog.Version ? null : _catalog);

    public Task<ImmutableArray<EngineSnapshot>> GetEnginesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_model.Engines
            .Where(engine => engine.Definition is not null)
            .Select(Snapshot)
            .ToImmutableArray());

    /// <summary>Waking up is all that a reminder is for.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    /// <summary>The grant of a request that has its slots; then its session need not be told besides.</summary>
    private LeaseGrant? GrantOf(EnlistRequest request, HashSet<Attempt> granted)
    {
        if (_model.FindAttempt(request.SessionId, request.Epoch) is not { } attempt)
        {
            return null;
        }

        granted.Remove(attempt);
        return attempt.ToGrant();
    }

    private static EngineSnapshot Snapshot(EngineState engine) => new()
    {
        Definition = engine.Definition!, // Those without are left out.
        Instances =
        [
            .. engine.Supply.All.Select(instance => new InstanceSnapshot
            {
                Instance = instance.Id,
                Host = instance.Attendance.Host,
                Slots = instance.Attendance.Slots,
                Busy = instance.Leased,
                Draining = instance.Draining,
            }),
        ],
        Waiting = engine.WaitingNodes,
        Working = engine.LeasedNodes,
        OldestPendingSince = Math.Min(engine.Regular.MinTicks, engine.Starving.MinTicks) is var ticks and < long.MaxValue
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null,
    };

    [LoggerMessage(LogLevel.Information, "Scheduler {Domain} opened with {Pending} pending sessions and {Leased} that hold leases")]
    private partial void LogOpened(string domain, int pending, int leased);
}
