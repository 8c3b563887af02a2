using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Channels;
using BlueEdge.Store.Redis.Storage;

namespace BlueEdge.Store.Redis.Channels;

/// <summary>Leases of mailbox partitions as a Redis hash by topic.</summary>
internal sealed class RedisMailboxLeaseStore(RedisStore redis, StorageKeys keys) : IMailboxLeaseStore
{
    public async Task<IReadOnlyDictionary<int, SiloAddress>> ReadAsync(string topic) =>
        (await redis.AskAsync(database => database.HashGetAllAsync(keys.MailboxLeases(topic))))
            .ToDictionary(entry => (int)entry.Name, entry => SiloAddress.FromParsableString(entry.Value.ToString()));

    public async Task<bool> TakeAsync(string topic, int partition, SiloAddress? from, SiloAddress to)
    {
        var leases = keys.MailboxLeases(topic);
        var refusals = await GuardedWrites.RunAsync(redis,
        [
            new([Guard.OfField(leases, partition, from?.ToParsableString() ?? "")], [new("HSET", leases, partition, to.ToParsableString())]),
        ]);
        return refusals[0] is null;
    }
}
