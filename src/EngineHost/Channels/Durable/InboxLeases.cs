using BlueEdge.Scheduling;
using Microsoft.Extensions.Options;

namespace BlueEdge.Channels.Durable;

/// <summary>Which process reads which partition of the inbox topic: each has leased one for as long as it lives.</summary>
internal sealed class InboxLeases(
    IInboxLeaseStore store, ILocalSiloDetails silo, IClusterMembershipService membership, IOptions<KafkaOptions> options)
{
    /// <summary>Leases a partition that nobody has, or whose owner is gone.</summary>
    /// <exception cref="BlueEdgeException">All are taken.</exception>
    public async Task<int> LeaseAsync(CancellationToken cancellationToken)
    {
        await membership.Refresh(cancellationToken: cancellationToken);
        var owners = await ReadAsync();
        var first = (int)((uint)silo.SiloAddress.GetConsistentHashCode() % (uint)options.Value.InboxPartitions);
        for (var i = 0; i < options.Value.InboxPartitions; i++)
        {
            var partition = (first + i) % options.Value.InboxPartitions;
            var owner = owners.GetValueOrDefault(partition);
            if ((owner is null || SiloWatch.IsDead(membership.CurrentSnapshot, owner)) && await store.TakeAsync(options.Value.InboxTopic, partition, owner, silo.SiloAddress))
            {
                return partition;
            }
        }

        throw new BlueEdgeException(
            $"All {options.Value.InboxPartitions} partitions of topic '{options.Value.InboxTopic}' are taken by other processes that run engines. Run fewer of them, or another topic with a larger BlueEdge:Kafka:InboxPartitions.");
    }

    /// <summary>The owners of the partitions that have one.</summary>
    public Task<Dictionary<int, SiloAddress>> ReadAsync() => store.ReadAsync(options.Value.InboxTopic);
}
