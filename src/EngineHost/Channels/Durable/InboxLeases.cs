using BlueEdge.Scheduling;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Channels.Durable;

/// <summary>Which process reads which partition of the inbox topic: each has leased one for as long as it lives.</summary>
internal sealed class InboxLeases(
    IConnectionMultiplexer redis, ILocalSiloDetails silo, IClusterMembershipService membership, IOptions<KafkaOptions> options)
{
    /// <summary>Gives a partition to a silo, if it still is whose it was.</summary>
    private const string Take =
        """
        local owner = redis.call('HGET', KEYS[1], ARGV[1])
        if (owner or '') ~= ARGV[2] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        return 1
        """;

    /// <summary>Leases a partition that nobody has, or whose owner is gone.</summary>
    /// <exception cref="BlueEdgeException">All are taken.</exception>
    public async Task<int> LeaseAsync(CancellationToken cancellationToken)
    {
        await membership.Refresh(cancellationToken: cancellationToken);
        var owners = await ReadAsync();
        var mine = silo.SiloAddress.ToParsableString();
        var first = (int)((uint)silo.SiloAddress.GetConsistentHashCode() % (uint)options.Value.InboxPartitions);
        for (var i = 0; i < options.Value.InboxPartitions; i++)
        {
            var partition = (first + i) % options.Value.InboxPartitions;
            var owner = owners.GetValueOrDefault(partition);
            if ((owner is null || SiloWatch.IsDead(membership.CurrentSnapshot, owner)) && await TakeAsync(partition, owner, mine))
            {
                return partition;
            }
        }

        throw new BlueEdgeException(
            $"All {options.Value.InboxPartitions} partitions of topic '{options.Value.InboxTopic}' are taken by other processes that run engines. Run fewer of them, or another topic with a larger BlueEdge:Kafka:InboxPartitions.");
    }

    /// <summary>The owners of the partitions that have one.</summary>
    public async Task<Dictionary<int, SiloAddress>> ReadAsync() =>
        (await redis.GetDatabase().HashGetAllAsync(StorageKeys.InboxLeases(options.Value.InboxTopic)))
            .ToDictionary(entry => (int)entry.Name, entry => SiloAddress.FromParsableString(entry.Value.ToString()));

    private async Task<bool> TakeAsync(int partition, SiloAddress? owner, string mine) => (int)await redis.GetDatabase().ScriptEvaluateAsync(
        Take, [StorageKeys.InboxLeases(options.Value.InboxTopic)], [partition, owner?.ToParsableString() ?? "", mine]) == 1;
}
