using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Store.Redis.Sessions.Records;
using BlueEdge.Store.Redis.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Results;

/// <summary>
/// Results as one Redis list for each interested channel of an attempt. Appends that come while one is under way share the next.
/// </summary>
internal sealed class RedisResultStore : IResultStore
{
    private const int SmallestRead = 32;
    private const int LargestRead = 1_024;

    private readonly RedisStore _redis;
    private readonly StorageKeys _keys;
    private readonly IResultNotices _notices;
    private readonly RedisPayloads _payloads;
    private readonly SharedWrites _writes;

    public RedisResultStore(RedisStore redis, StorageKeys keys, IResultNotices notices, Serializer<Payload> serializer)
    {
        (_redis, _keys, _notices, _payloads) = (redis, keys, notices, new(serializer));
        _writes = new(redis);
    }

    public async ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken)
    {
        var session = _keys.Session(producer.SessionId);
        RedisValue[] values = [.. items.Select(_payloads.Encode)];
        Guard[] named = [Guard.OfField(session, RedisSessionStore.Attempt, epoch)];
        var mayWrite = named;
        for (var (next, end) = (firstSequence, firstSequence + values.Length); ;)
        {
            var write = Append(producer, epoch, channel, isOnlyProducer, next, values.AsSpan((int)(next - firstSequence)));
            var refusal = await _writes.RunAsync(write with { Guards = [.. mayWrite, .. write.Guards] });
            if (refusal is null)
            {
                break;
            }

            if (refusal.Guard < mayWrite.Length)
            {
                // Sessions of former versions do not name their attempt until they change; they expire once they have ended.
                var isNamed = refusal.Guard == 0 && !refusal.Found.IsNullOrEmpty;
                if (isNamed == ReferenceEquals(mayWrite, named))
                {
                    return false;
                }

                mayWrite = isNamed ? named : [Guard.OfField(session, RedisSessionStore.Attempt, RedisValue.EmptyString), new(new("PTTL", session), -1)];
                continue;
            }

            // Of a run that is repeated the channel has a part, or all.
            var has = refusal.Found.IsNullOrEmpty ? 0 : (long)refusal.Found;
            if (has >= end)
            {
                break;
            }

            next = has > next ? has : throw new BlueEdgeException(
                $"Channel '{channel}' of session {producer.SessionId} has {has} items of node '{producer.Node}' and was given number {firstSequence}: items between are missing.");
        }

        _notices.Tell(producer.SessionId);
        return true;
    }

    public async Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        [.. await _redis.AskAsync(database => Task.WhenAll(queries.Select(query => ReadAsync(database, sessionId, epoch, query))))];

    /// <summary>Where the next item of the producer is this one. A channel with one producer needs no sequences: they are the places in the list.</summary>
    private GuardedWrite Append(SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long next, ReadOnlySpan<RedisValue> values)
    {
        var list = _keys.Results(producer.SessionId, epoch, channel);
        var push = StoreCommand.Many("RPUSH", list, values.ToArray());
        if (isOnlyProducer)
        {
            return new([new(new("LLEN", list), next)], [.. push]);
        }

        var sequences = _keys.ResultSequences(producer.SessionId, epoch, channel);
        return new([Guard.OfCount(sequences, producer.Node, next)], [.. push, new("HSET", sequences, producer.Node, next + values.Length)]);
    }

    /// <summary>Reads in runs that grow while items are small, so that a page of large items costs no more memory than a page.</summary>
    private async Task<ResultPage> ReadAsync(IDatabase database, string sessionId, int epoch, ResultQuery query)
    {
        var key = _keys.Results(sessionId, epoch, query.Channel);
        var items = ImmutableArray.CreateBuilder<Payload>();
        var (next, bytes, run, end) = (query.Offset, 0L, SmallestRead, query.Offset + query.Limit);
        var isAtEnd = false;
        while (!isAtEnd && next < end && bytes < query.Bytes)
        {
            var wanted = Math.Min(run, end - next);
            var values = await database.ListRangeAsync(key, next, next + wanted - 1);
            foreach (var value in values.TakeWhile(_ => bytes < query.Bytes))
            {
                items.Add(_payloads.Decode(value));
                bytes += value.Length();
                next++;
            }

            isAtEnd = values.Length < wanted && bytes < query.Bytes;
            run = Math.Min(run * 2, LargestRead);
        }

        // Most pages reach the end, and so tell the length; not one that begins beyond it.
        var total = isAtEnd && (next > query.Offset || query.Offset == 0) ? next : await database.ListLengthAsync(key);
        return new() { Channel = query.Channel, Items = items.ToImmutable(), Total = total, NextOffset = next < total ? next : null };
    }
}
