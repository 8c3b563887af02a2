using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Scheduling.Matching;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Scheduling;

/// <summary>The scheduler's durable side: what changed goes into Redis as one step, as long as the token is still the newest.</summary>
internal sealed class SchedulerStore(string domain, IConnectionMultiplexer redis, Serializer serializer)
{
    /// <summary>Redis commands a script call; more are sent in several calls, since a script holds up everyone else.</summary>
    private const int LargestStep = 2_000;

    /// <summary>Runs commands, each given as the number of its words and the words, unless a newer token was taken.</summary>
    private const string Commit =
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        local i = 2
        while i <= #ARGV do
          local words = {}
          for j = 1, tonumber(ARGV[i]) do words[j] = ARGV[i + j] end
          redis.call(unpack(words))
          i = i + 1 + #words
        end
        return 1
        """;

    private readonly SchedulerKeys _keys = new(domain);
    private RedisValue _token;

    /// <summary>Takes a new token, which shuts out every activation before this one, and reads what they left.</summary>
    public async Task<StoredSchedule> OpenAsync()
    {
        var database = redis.GetDatabase();
        _token = await database.StringIncrementAsync(_keys.Fence);
        var engines = database.HashGetAllAsync(_keys.Engines);
        var instances = database.HashGetAllAsync(_keys.Instances);
        var attempts = database.HashGetAllAsync(_keys.Attempts);
        var losses = database.HashGetAllAsync(_keys.Losses);
        var pending = ReadPendingAsync(database);
        return new(
            [.. (await engines).Select(entry => Read<EngineDefinition>(entry.Value))],
            [.. (await instances).Select(entry => Read<StoredInstance>(entry.Value))],
            [.. (await attempts).Select(entry => Read<StoredAttempt>(entry.Value))],
            await pending,
            [.. (await losses).Select(entry => Read<StoredLoss>(entry.Value))]);
    }

    /// <summary>Makes changes durable. Doing it again after a failure is harmless.</summary>
    /// <exception cref="SchedulerFencedException">Another activation has taken over.</exception>
    public async Task CommitAsync(SchedulerChanges changes)
    {
        var words = new List<RedisValue> { _token };
        var count = 0;
        foreach (var command in CommandsOf(changes))
        {
            words.Add(command.Length);
            words.AddRange(command);
            if (++count % LargestStep == 0)
            {
                await RunAsync(words);
                words.RemoveRange(1, words.Count - 1);
            }
        }

        if (words.Count > 1)
        {
            await RunAsync(words);
        }
    }

    private async Task RunAsync(List<RedisValue> words)
    {
        if ((int)await redis.GetDatabase().ScriptEvaluateAsync(Commit, [_keys.Fence], [.. words]) == 0)
        {
            throw new SchedulerFencedException($"Scheduler '{domain}' has a newer activation. This one is shut out; call again.");
        }
    }

    private IEnumerable<RedisValue[]> CommandsOf(SchedulerChanges changes)
    {
        foreach (var change in changes.Pending)
        {
            foreach (var demand in change.Demands)
            {
                var member = new PendingMember(change.Ticks, SessionKey.Unpack(change.Id), change.Epoch, demand.Slots).ToString();
                var key = SchedulerKeys.Pending(demand.Engine).ToString();
                if (change.Added)
                {
                    yield return ["SADD", _keys.PendingEngines.ToString(), demand.Engine];
                    yield return ["ZADD", key, -(long)change.Rank, member];
                }
                else
                {
                    yield return ["ZREM", key, member];
                }
            }
        }

        foreach (var attempt in changes.Attempts)
        {
            var field = SessionKey.Unpack(attempt.Id);
            yield return attempt.IsOver
                ? ["HDEL", _keys.Attempts.ToString(), field]
                : ["HSET", _keys.Attempts.ToString(), field, serializer.SerializeToArray(Stored(attempt))];
        }

        foreach (var instance in changes.Instances)
        {
            yield return ["HSET", _keys.Instances.ToString(), instance.Id, serializer.SerializeToArray(Stored(instance))];
        }

        foreach (var instance in changes.GoneInstances)
        {
            yield return ["HDEL", _keys.Instances.ToString(), instance];
        }

        foreach (var engine in changes.Engines.Where(engine => engine.Definition is not null))
        {
            yield return ["HSET", _keys.Engines.ToString(), engine.Id, serializer.SerializeToArray(engine.Definition!)]; // Filtered just above.
        }

        foreach (var loss in changes.Lost)
        {
            yield return ["HSET", _keys.Losses.ToString(), FieldOf(loss), serializer.SerializeToArray(Stored(loss))];
        }

        foreach (var loss in changes.ToldLosses)
        {
            yield return ["HDEL", _keys.Losses.ToString(), FieldOf(loss)];
        }
    }

    private async Task<ImmutableArray<EnlistRequest>> ReadPendingAsync(IDatabase database)
    {
        var engines = await database.SetMembersAsync(_keys.PendingEngines);
        var sessions = new Dictionary<string, (long Ticks, int Epoch, int Rank, List<EngineDemand> Demands)>(StringComparer.Ordinal);
        foreach (var engine in engines.Order())
        {
            foreach (var entry in await database.SortedSetRangeByRankWithScoresAsync(SchedulerKeys.Pending(engine.ToString())))
            {
                var member = PendingMember.Parse(entry.Element.ToString());
                if (!sessions.TryGetValue(member.SessionId, out var session) || session.Epoch < member.Epoch)
                {
                    session = (member.Ticks, member.Epoch, -(int)entry.Score, []);
                    sessions[member.SessionId] = session;
                }

                session.Demands.Add(new() { Engine = engine.ToString(), Slots = member.Slots });
            }
        }

        return
        [
            .. sessions.OrderBy(pair => pair.Value.Ticks).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EnlistRequest
            {
                SessionId = pair.Key,
                Epoch = pair.Value.Epoch,
                Rank = pair.Value.Rank,
                SubmittedAt = new(pair.Value.Ticks, TimeSpan.Zero),
                Demands = [.. pair.Value.Demands],
            }),
        ];
    }

    private static string FieldOf(LeaseLoss loss) => $"{loss.SessionId}/{loss.Epoch}/{loss.Instance}";

    private static StoredAttempt Stored(Attempt attempt) => new()
    {
        SessionId = SessionKey.Unpack(attempt.Id),
        Epoch = attempt.Epoch,
        Confirmed = attempt.Confirmed,
        Leases = [.. attempt.Groups.Select(group => new StoredLeases
        {
            Lease = new() { Engine = group.Engine.Id, Instance = group.InstanceId },
            Granted = group.Granted,
            Released = group.Released,
        })],
    };

    private static StoredInstance Stored(Instance instance) =>
        new() { Attendance = instance.Attendance, Draining = instance.Draining, Warm = instance.Warm };

    private static StoredLoss Stored(LeaseLoss loss) =>
        new() { SessionId = loss.SessionId, Epoch = loss.Epoch, Instance = loss.Instance, Reason = loss.Reason };

    private T Read<T>(RedisValue value)
        where T : class =>
        serializer.Deserialize<T>((ReadOnlyMemory<byte>)value)
        ?? throw new BlueEdgeException($"The store of scheduler '{domain}' holds a damaged {typeof(T).Name}.");
}
