using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Scheduling;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>Which process reads which partition of the mailbox topic: each has leased one for as long as it lives.</summary>
internal sealed class MailboxLeases(
    IMailboxLeaseStore store, ILocalSiloDetails silo, IClusterMembershipService membership, IOptions<KafkaOptions> options)
{
    /// <summary>Leases a partition that nobody has, or whose owner is gone.</summary>
    /// <exception cref="BlueEdgeException">All are taken.</exception>
    public async Task<int> LeaseAsync(CancellationToken cancellationToken)
    {
        await membership.Refresh(cancellationToken: cancellationToken);
        var owners = await ReadAsync();
        var first = (int)((uint)silo.SiloAddress.GetConsistentHashCode() % (uint)options.Value.MailboxPartitions);
        for (var i = 0; i < options.Value.MailboxPartitions; i++)
        {
            var partition = (first + i) % options.Value.MailboxPartitions;
            var owner = owners.GetValueOrDefault(partition);
            if ((owner is null || SiloWatch.IsDead(membership.CurrentSnapshot, owner)) && await store.TakeAsync(options.Value.MailboxTopic, partition, owner, silo.SiloAddress))
            {
                return partition;
            }
        }

        throw new BlueEdgeException(
            $"All {options.Value.MailboxPartitions} partitions of topic '{options.Value.MailboxTopic}' are taken by other processes that run engines. Run fewer of them, or another topic with a larger BlueEdge:Kafka:MailboxPartitions.");
    }

    /// <summary>The owners of the partitions that have one.</summary>
    public Task<IReadOnlyDictionary<int, SiloAddress>> ReadAsync() => store.ReadAsync(options.Value.MailboxTopic);
}
