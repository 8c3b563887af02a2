using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Store.Redis.Results;
using BlueEdge.Store.Redis.Sessions.Records;
using BlueEdge.Store.Redis.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Channels;

/// <summary>
/// Logs in Redis, each a list of what is left of it and a hash: how much was let go, whether it has ended, and for each writer the
/// number that it writes next. Appends that come while one is under way share the next.
/// </summary>
internal sealed class RedisInputLogStore(RedisStore redis, StorageKeys keys, Serializer<Payload> serializer) : IInputLogStore
{
    private const string First = "first";
    private const string Ended = "ended";
    private const string Yes = "1";
    private const int SmallestRead = 32;
    private const int LargestRead = 1_024;

    /// <summary>How a write is refused: the session's attempt, the log's end, the writer's number.</summary>
    private const int ByAttempt = 0;
    private const int ByEnd = 1;

    private readonly RedisPayloads _payloads = new(serializer);
    private readonly SharedWrites _writes = new(redis);

    public async Task<InputAppend> AppendAsync(string sessionId, int epoch, string channel, InputRun run)
    {
        RedisValue attempt = epoch;
        var (session, hash, list) = (keys.Session(sessionId), keys.Input(sessionId, channel), keys.InputItems(sessionId, channel));
        while (true)
        {
            var refusal = await _writes.RunAsync(new(
                [Guard.OfField(session, RedisSessionStore.Attempt, attempt), Guard.OfField(hash, Ended, RedisValue.EmptyString), .. IsNext(hash, run)],
                [.. Commands(hash, list, run)]));
            if (refusal is null)
            {
                return new(InputAppendOutcome.Taken, await NextAsync(hash, run), run.Items.Length);
            }

            if (refusal.Guard == ByAttempt)
            {
                if (refusal.Found.IsNullOrEmpty || refusal.Found == 0)
                {
                    return new(InputAppendOutcome.Over, await NextAsync(hash, run with { Items = [] }), 0);
                }

                attempt = refusal.Found;
            }
            else if (refusal.Guard == ByEnd)
            {
                return await EndedAsync(hash, run);
            }
            else if (Count(refusal.Found) is var has && has < run.FirstSequence)
            {
                return new(InputAppendOutcome.Gap, has, 0);
            }
            else if (has >= run.NextSequence && !run.Ends)
            {
                return new(InputAppendOutcome.Taken, has, 0);
            }
            else
            {
                run = run.From(has);
            }
        }
    }

    public async Task<InputPage> ReadAsync(string sessionId, string channel, long offset, int items, int bytes)
    {
        var (hash, list) = (keys.Input(sessionId, channel), keys.InputItems(sessionId, channel));
        return await redis.AskAsync(async database =>
        {
            var read = ImmutableArray.CreateBuilder<Payload>();
            var (first, size) = (Count(await database.HashGetAsync(hash, First)), 0L);
            for (var (from, run) = (Math.Max(offset, first), SmallestRead); ; run = Math.Min(run * 2, LargestRead))
            {
                // Together, since the places in the list are counted from what was let go.
                var (next, wanted) = (from + read.Count, Math.Min(run, items - read.Count));
                var together = database.CreateTransaction();
                var fields = together.HashGetAsync(hash, [First, Ended]);
                var length = together.ListLengthAsync(list);
                var found = wanted > 0 ? together.ListRangeAsync(list, next - first, next - first + wanted - 1) : Task.FromResult<RedisValue[]>([]);
                await together.ExecuteAsync();
                var (now, hasEnded) = (Count((await fields)[0]), !(await fields)[1].IsNullOrEmpty);
                if (now != first)
                {
                    (first, from, size) = (now, Math.Max(offset, now), 0);
                    read.Clear();
                    continue;
                }

                foreach (var value in (await found).TakeWhile(_ => size < bytes))
                {
                    read.Add(_payloads.Decode(value));
                    size += value.Length();
                }

                if ((await found).Length < run || read.Count == items || size >= bytes)
                {
                    return new InputPage(from, read.DrainToImmutable(), first + await length, hasEnded);
                }
            }
        });
    }

    public async Task TrimAsync(string sessionId, string channel, long before)
    {
        var (hash, list) = (keys.Input(sessionId, channel), keys.InputItems(sessionId, channel));
        for (var first = Count(await redis.AskAsync(database => database.HashGetAsync(hash, First))); first < before;)
        {
            var refusal = await _writes.RunAsync(new(
                [Guard.OfCount(hash, First, first)], [new("LTRIM", list, before - first, -1), new("HSET", hash, First, before)]));
            first = refusal is null ? before : Count(refusal.Found);
        }
    }

    private static IEnumerable<Guard> IsNext(RedisKey hash, InputRun run) =>
        run is { Writer: { } writer, Items.IsEmpty: false } ? [Guard.OfCount(hash, FieldOf(writer), run.FirstSequence)] : [];

    private IEnumerable<StoreCommand> Commands(RedisKey hash, RedisKey list, InputRun run)
    {
        foreach (var push in StoreCommand.Many("RPUSH", list, run.Items.Select(_payloads.Encode)))
        {
            yield return push;
        }

        if (run is { Writer: { } writer, Items.IsEmpty: false })
        {
            yield return new("HSET", hash, FieldOf(writer), run.NextSequence);
        }

        if (run.Ends)
        {
            yield return new("HSET", hash, Ended, Yes);
        }
    }

    private async Task<long> NextAsync(RedisKey hash, InputRun run) => run switch
    {
        { Writer: null } => 0,
        { Items.IsEmpty: false } => run.NextSequence,
        _ => Count(await redis.AskAsync(database => database.HashGetAsync(hash, FieldOf(run.Writer!)))), // Null was the first case.
    };

    /// <summary>Of a log that has ended what it has is acknowledged again.</summary>
    private async Task<InputAppend> EndedAsync(RedisKey hash, InputRun run)
    {
        var has = await NextAsync(hash, run with { Items = [] });
        var hasAll = run.Items.IsEmpty ? run.Ends : run.Writer is not null && has >= run.NextSequence;
        return new(hasAll ? InputAppendOutcome.Taken : InputAppendOutcome.Ended, has, 0);
    }

    /// <summary>No writer's name is one of the log's own fields.</summary>
    private static RedisValue FieldOf(string writer) => $"writer/{writer}";

    private static long Count(RedisValue value) => value.IsNullOrEmpty ? 0 : (long)value;
}
