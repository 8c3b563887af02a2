using BlueEdge.Clustering.Storage;
using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Store.Redis.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Scheduling;

/// <summary>A scheduler's durable side in Redis: hashes, and a sorted set of those who wait for each engine.</summary>
internal sealed class RedisSchedulerStore(string domain, RedisStore redis, StorageKeys keys, Serializer serializer) : ISchedulerStore
{
    private const int PageSize = 10_000;

    private readonly SchedulerKeys _keys = new(keys, domain);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private RedisValue _token;

    public async Task<StoredSchedule> OpenAsync()
    {
        _token = await redis.AskAsync(database => database.StringIncrementAsync(_keys.Fence));
        return await redis.AskAsync(async database => new StoredSchedule(
            await ReadAsync<EngineDefinition>(database, _keys.Engines),
            await ReadAsync<StoredInstance>(database, _keys.Instances),
            await ReadAsync<StoredAttempt>(database, _keys.Attempts),
            await ReadPendingAsync(database),
            await ReadAsync<StoredLoss>(database, _keys.Losses)));
    }

    public async Task CommitAsync(SchedulerWrite write)
    {
        var refusals = await GuardedWrites.RunAsync(redis, [new([new(new("GET", _keys.Fence), _token)], [.. Commands(write)])]);
        if (refusals[0] is not null)
        {
            throw new SchedulerFencedException($"Scheduler '{domain}' has a newer activation. This one is shut out; call again.");
        }

        _listed.UnionWith(write.Pending.Where(each => each.Rank is not null).Select(each => each.Engine));
    }

    /// <summary>Few commands with many arguments each.</summary>
    private IEnumerable<StoreCommand> Commands(SchedulerWrite write) =>
    [
        .. StoreCommand.Many("SADD", _keys.PendingEngines, write.Pending
            .Where(each => each.Rank is not null && !_listed.Contains(each.Engine))
            .Select(each => (RedisValue)each.Engine)
            .Distinct()),
        .. write.Pending.GroupBy(each => each.Engine, StringComparer.Ordinal).SelectMany(Lists),
        .. Fields(_keys.Attempts, write.Attempts),
        .. Fields(_keys.Instances, write.Instances),
        .. Fields(_keys.Engines, write.Engines),
        .. Fields(_keys.Losses, write.Losses),
    ];

    private IEnumerable<StoreCommand> Lists(IGrouping<string, (string Engine, PendingMember Member, int? Rank)> engine)
    {
        var list = _keys.Pending(engine.Key);
        var added = engine.Where(each => each.Rank is not null).SelectMany<(string, PendingMember Member, int? Rank), RedisValue>(
            each => [0d - each.Rank!.Value, each.Member.ToString()]); // Asked for just before.
        return
        [
            .. StoreCommand.Many("ZADD", list, added),
            .. StoreCommand.Many("ZREM", list, engine.Where(each => each.Rank is null).Select(each => (RedisValue)each.Member.ToString())),
        ];
    }

    private IEnumerable<StoreCommand> Fields<T>(RedisKey hash, IReadOnlyDictionary<string, T> fields) =>
    [
        .. StoreCommand.Many("HSET", hash, fields.Where(each => each.Value is not null).SelectMany<KeyValuePair<string, T>, RedisValue>(
            each => [each.Key, serializer.SerializeToArray(each.Value)])),
        .. StoreCommand.Many("HDEL", hash, fields.Where(each => each.Value is null).Select(each => (RedisValue)each.Key)),
    ];

    private async Task<List<T>> ReadAsync<T>(IDatabase database, RedisKey hash)
        where T : class
    {
        // A scan may bring a field twice.
        var found = new Dictionary<RedisValue, T>();
        await foreach (var entry in database.HashScanAsync(hash, pageSize: PageSize))
        {
            found[entry.Name] = serializer.Deserialize<T>((ReadOnlyMemory<byte>)entry.Value)
                ?? throw new BlueEdgeException($"The store of scheduler '{domain}' holds a damaged {typeof(T).Name} at '{entry.Name}' of {hash}.");
        }

        return [.. found.Values];
    }

    private async Task<IReadOnlyList<EnlistRequest>> ReadPendingAsync(IDatabase database)
    {
        var pending = new StoredPending();
        foreach (var engine in await database.SetMembersAsync(_keys.PendingEngines))
        {
            var list = _keys.Pending(engine.ToString());
            SortedSetEntry[] page;
            for (var start = 0L; (page = await database.SortedSetRangeByRankWithScoresAsync(list, start, start + PageSize - 1)).Length > 0; start += PageSize)
            {
                foreach (var entry in page)
                {
                    pending.Add(engine.ToString(), entry.Score, PendingMember.Parse(entry.Element.ToString()));
                }
            }
        }

        return pending.InOrder();
    }
}
