using BlueEdge.Engines;
using BlueEdge.Scheduling.Matching;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Scheduling;

/// <summary>The scheduler's durable side: what changed goes into Redis as one step, as long as the token is still the newest.</summary>
internal sealed class SchedulerStore(string domain, IConnectionMultiplexer redis, Serializer serializer)
{
    private const int PageSize = 10_000;

    /// <summary>Runs the commands of a <see cref="StoreWrite"/>, all or none, unless a newer token was taken.</summary>
    private const string Commit =
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        local i = 2
        while i <= #ARGV do
          local last = i + 2 + tonumber(ARGV[i + 2])
          redis.call(ARGV[i], KEYS[tonumber(ARGV[i + 1])], unpack(ARGV, i + 3, last))
          i = last + 1
        end
        return 1
        """;

    private readonly SchedulerKeys _keys = new(domain);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private RedisValue _token;

    /// <summary>Takes a new token, which shuts out every activation before this one, and reads what they left.</summary>
    public async Task<StoredSchedule> OpenAsync()
    {
        var database = redis.GetDatabase();
        _token = await database.StringIncrementAsync(_keys.Fence);
        return new(
            await ReadAsync<EngineDefinition>(database, _keys.Engines),
            await ReadAsync<StoredInstance>(database, _keys.Instances),
            await ReadAsync<StoredAttempt>(database, _keys.Attempts),
            await ReadPendingAsync(database),
            await ReadAsync<StoredLoss>(database, _keys.Losses));
    }

    /// <summary>Makes changes durable. Doing it again after a failure is harmless.</summary>
    /// <exception cref="SchedulerFencedException">Another activation has taken over.</exception>
    public async Task CommitAsync(StoreWrite write)
    {
        var (keys, words) = write.ToScript(_keys.Fence, _token);
        if ((int)await redis.GetDatabase().ScriptEvaluateAsync(Commit, keys, words) == 0)
        {
            throw new SchedulerFencedException($"Scheduler '{domain}' has a newer activation. This one is shut out; call again.");
        }
    }

    /// <summary>What to write for changes of the model, as it stands now.</summary>
    public StoreWrite ToWrite(SchedulerChanges changes)
    {
        var write = new StoreWrite();
        foreach (var change in changes.Pending)
        {
            WritePending(write, change);
        }

        foreach (var attempt in changes.Attempts)
        {
            write.Set(_keys.Attempts, SessionKey.Unpack(attempt.Id), attempt.IsOver ? RedisValue.Null : Bytes(StoredAttempt.Of(attempt)));
        }

        foreach (var instance in changes.Instances)
        {
            write.Set(_keys.Instances, instance.Id, Bytes(StoredInstance.Of(instance)));
        }

        foreach (var instance in changes.GoneInstances)
        {
            write.Set(_keys.Instances, instance, RedisValue.Null);
        }

        foreach (var engine in changes.Engines)
        {
            write.Set(_keys.Engines, engine.Id, Bytes(engine.Definition!)); // It changed, so it has one.
        }

        foreach (var loss in changes.Lost)
        {
            write.Set(_keys.Losses, FieldOf(loss), Bytes(StoredLoss.Of(loss)));
        }

        foreach (var loss in changes.ToldLosses)
        {
            write.Set(_keys.Losses, FieldOf(loss), RedisValue.Null);
        }

        return write;
    }

    private void WritePending(StoreWrite write, PendingChange change)
    {
        for (var i = 0; i < change.Demands.Length; i++)
        {
            var (engine, slots) = (change.Demands[i].Engine, change.Demands[i].Slots);
            var member = new PendingMember(change.Ticks, SessionKey.Unpack(change.Id), change.Epoch, slots, i).ToString();
            if (change.Added)
            {
                if (_listed.Add(engine))
                {
                    write.Add(_keys.PendingEngines, engine);
                }

                write.Add(_keys.Pending(engine), member, 0d - change.Rank);
            }
            else
            {
                write.Remove(_keys.Pending(engine), member);
            }
        }
    }

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

    private async Task<List<EnlistRequest>> ReadPendingAsync(IDatabase database)
    {
        var pending = new StoredPending();
        foreach (var engine in await database.SetMembersAsync(_keys.PendingEngines))
        {
            RedisKey list = _keys.Pending(engine.ToString());
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

    private byte[] Bytes<T>(T value) => serializer.SerializeToArray(value);

    private static string FieldOf(LeaseLoss loss) => $"{loss.SessionId}/{loss.Epoch}/{loss.Instance}";
}
