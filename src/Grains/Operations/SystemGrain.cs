using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Operations;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace BlueEdge.Grains.Operations;

/// <summary>Asks every part, at once, and none for long.</summary>
[GrainType("system"), StatelessWorker]
internal sealed class SystemGrain(
    IClusterMembershipService membership, ISiloMetadataCache metadata, ISessionLists lists, IOptions<ClusterOptions> cluster, TimeProvider clock) : Grain, ISystemGrain
{
    private const string Late = "It did not answer within 2 s.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<SystemSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var silos = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status is not (SiloStatus.Dead or SiloStatus.None))
            .Select(member => (Member: member, Snapshot: SiloWords.Of(member, metadata.GetSiloMetadata(member.SiloAddress))))
            .OrderBy(silo => silo.Snapshot.Mode, StringComparer.Ordinal).ThenBy(silo => silo.Snapshot.Silo, StringComparer.Ordinal)
            .ToList();
        var store = LookAtStoreAsync(cancellationToken);
        var behind = await Task.WhenAll(silos.Where(silo => silo.Snapshot is { IsActive: true, Mode: SiloModeNames.Core or SiloModeNames.Embedded }).Select(silo => CountBehindAsync(silo.Member.SiloAddress, cancellationToken)));
        return new()
        {
            ServiceId = cluster.Value.ServiceId,
            ClusterId = cluster.Value.ClusterId,
            Silos = [.. silos.Select(silo => silo.Snapshot)],
            StoreFault = (await store).Fault,
            UntoldSessions = (await store).Untold,
            WebhooksBehind = behind.Contains(null) ? null : behind.Sum(),
        };
    }

    private async Task<(string? Fault, int Untold)> LookAtStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (null, (await lists.ReadUntoldAsync(after: null, SystemSnapshot.MostUntold).WaitAsync(Patience, clock, cancellationToken)).Length);
        }
        catch (StoreUnavailableException error)
        {
            return (error.Message, 0);
        }
        catch (TimeoutException)
        {
            return (Late, 0);
        }
    }

    /// <summary><see langword="null"/> of a silo that goes, or does not answer.</summary>
    private async Task<long?> CountBehindAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        try
        {
            return await GrainFactory.GetGrain<ISiloStatusGrain>(SiloStatusGrain.KeyOf(silo)).CountWebhooksBehindAsync(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}
