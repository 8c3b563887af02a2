using System.Collections.Immutable;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>A scheduler that only remembers which instances there are.</summary>
internal sealed class RecordingSchedulerGrain(Attendances attendances) : Grain, ISchedulerControl
{
    public Task JoinAsync(InstanceAttendance instance, CancellationToken cancellationToken)
    {
        if (attendances.RefuseJoin.ContainsKey(instance.Instance))
        {
            attendances.Add(instance.Instance, "refused");
            throw new IOException("The scheduler is away.");
        }

        attendances.Joined[instance.Instance] = instance;
        attendances.Add(instance.Instance, "joined");
        return Task.CompletedTask;
    }

    public Task DrainAsync(string instance, CancellationToken cancellationToken)
    {
        attendances.Add(instance, "draining");
        return attendances.RefuseDrain.ContainsKey(instance) ? Task.FromException(new IOException("The scheduler is away.")) : Task.CompletedTask;
    }

    public Task LeaveAsync(string instance, string reason, CancellationToken cancellationToken)
    {
        attendances.Add(instance, $"left: {reason}");
        return attendances.RefuseLeave.ContainsKey(instance) ? Task.FromException(new BlueEdgeException("The scheduler is away.")) : Task.CompletedTask;
    }

    public Task<ImmutableArray<LeaseGrant?>> EnlistAsync(ImmutableArray<EnlistRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WithdrawAsync(string sessionId, int epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ConfirmAsync(ImmutableArray<SessionAttempt> attempts, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReleaseAsync(ImmutableArray<LeaseRelease> releases, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueuePosition?> FindPositionAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<EngineCatalog?> GetCatalogAsync(long knownVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LoadReport?> FollowLoadsAsync(long knownVersion, TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();
}
