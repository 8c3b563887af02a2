using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Scheduling;
using BlueEdge.Storage;
using BlueEdge.Validation;
using Orleans.Concurrency;
using Orleans.Placement;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// Owns a scheduling domain: the model in memory, and its copy in the store. This half is what it answers; the other is how
/// it comes up, what it follows and whom it tells.
/// </summary>
[GrainType("scheduler"), Reentrant, KeepAlive, Immovable]
internal sealed partial class SchedulerGrain
{
    public Task<ImmutableArray<LeaseGrant?>> EnlistAsync(ImmutableArray<EnlistRequest> requests, CancellationToken cancellationToken) =>
        _events.ApplyAsync(
            model =>
            {
                foreach (var request in requests)
                {
                    request.ThrowIfInvalid();
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
        if (await _silos.IsDeadAsync(instance.Silo, cancellationToken))
        {
            throw new BlueEdgeException($"Engine instance {instance.Instance} cannot join: its silo is no member of the cluster. Join again.");
        }

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

    public Task<LoadReport?> FollowLoadsAsync(long knownVersion, TimeSpan atMost, CancellationToken cancellationToken) =>
        _loads.FollowAsync(knownVersion, atMost, cancellationToken);

    public Task<ImmutableArray<EngineSnapshot>> GetEnginesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_model.Engines
            .Where(engine => engine.Definition is not null)
            .Select(engine => engine.ToSnapshot())
            .ToImmutableArray());

    public async Task<RegisterResult> RegisterAsync(EngineDefinition definition, CancellationToken cancellationToken)
    {
        if (EngineValidator.Validate(definition) is { IsEmpty: false } faults)
        {
            return new() { Outcome = RegisterOutcome.Invalid, Faults = faults.Listed, FurtherFaults = faults.Further };
        }

        RegisterResult? result = null;
        await ApplyForCallerAsync(model =>
        {
            var outcome = model.Register(definition, options.Value.MostEngines);
            result = new() { Outcome = outcome, Engine = outcome is RegisterOutcome.Full ? null : model.Engine(definition.Id).ToSnapshot() };
        });
        return result!; // It was applied.
    }

    public async Task<UnregisterOutcome> UnregisterAsync(string engine, CancellationToken cancellationToken)
    {
        var outcome = UnregisterOutcome.Unknown;
        await ApplyForCallerAsync(model => outcome = model.Unregister(engine));
        return outcome;
    }

    /// <summary>For callers that know nothing of activations: they are to call again, as when the store is away.</summary>
    private async Task ApplyForCallerAsync(Action<SchedulerModel> apply)
    {
        try
        {
            await _events.ApplyAsync(apply);
        }
        catch (SchedulerFencedException fenced)
        {
            throw new StoreUnavailableException(fenced.Message, fenced);
        }
    }

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
}
