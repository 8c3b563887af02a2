using System.Collections.Immutable;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Scheduling;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// What sessions and engine instances tell the scheduler. Every call is idempotent, and answers once its effect is
/// durable. Sessions go through the scheduler client, which gathers calls into batches.
/// </summary>
[Alias("blueedge.scheduler-control")]
public interface ISchedulerControl : IGrainWithStringKey
{
    /// <summary>
    /// Enlists sessions. The answer has, for each, the grant where its slots were free at once or it already has them;
    /// where it is <see langword="null"/> the session waits, and <see cref="ISessionControl.GrantAsync"/> brings the grant.
    /// </summary>
    [Alias("enlist")]
    Task<ImmutableArray<LeaseGrant?>> EnlistAsync(ImmutableArray<EnlistRequest> requests, CancellationToken cancellationToken);

    /// <summary>Takes a pending session out of the queue and gives back what an attempt up to this epoch holds.</summary>
    [Alias("withdraw")]
    Task WithdrawAsync(string sessionId, int epoch, CancellationToken cancellationToken);

    /// <summary>Says that all engines of these attempts are ready: they are processing, no more queuing.</summary>
    [Alias("confirm")]
    Task ConfirmAsync(ImmutableArray<SessionAttempt> attempts, CancellationToken cancellationToken);

    /// <summary>Gives slots back.</summary>
    [Alias("release")]
    Task ReleaseAsync(ImmutableArray<LeaseRelease> releases, CancellationToken cancellationToken);

    /// <summary>Where a session waits, or <see langword="null"/> where it does not.</summary>
    [Alias("position"), AlwaysInterleave]
    Task<QueuePosition?> FindPositionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>An engine instance attends and is ready. Joining again renews the record.</summary>
    [Alias("join")]
    Task JoinAsync(InstanceAttendance instance, CancellationToken cancellationToken);

    /// <summary>An engine instance takes no new lease from now on.</summary>
    [Alias("drain")]
    Task DrainAsync(string instance, CancellationToken cancellationToken);

    /// <summary>An engine instance is gone; leases it still has are lost, for the given reason.</summary>
    [Alias("leave")]
    Task LeaveAsync(string instance, string reason, CancellationToken cancellationToken);

    /// <summary>The definitions of all engines, or <see langword="null"/> where nothing changed since the version known.</summary>
    [Alias("catalog"), AlwaysInterleave]
    Task<EngineCatalog?> GetCatalogAsync(long knownVersion, CancellationToken cancellationToken);

    /// <summary>
    /// What engines are wanted for, as far as it changed since the version known; waits for a change at most so long, and then
    /// answers <see langword="null"/>.
    /// </summary>
    [Alias("loads"), AlwaysInterleave]
    Task<LoadReport?> FollowLoadsAsync(long knownVersion, TimeSpan atMost, CancellationToken cancellationToken);
}
