using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Results;

/// <summary>Results as one Redis list for each interested channel of an attempt.</summary>
internal sealed class RedisResultStore(IConnectionMultiplexer redis, ResultNotices notices, Serializer<Payload> serializer) : IResultStore
{
    private const int PageBytes = 4 * 1024 * 1024;
    private const int SmallestRead = 32;
    private const int LargestRead = 1_024;

    /// <summary>Begins what is not JSON; no JSON text begins so.</summary>
    private const byte Serialized = 0;

    /// <summary>Appends what the channel does not have of this producer yet, as one step.</summary>
    private const string Append =
        """
        local next = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
        local first = tonumber(ARGV[2])
        if first > next then return next end
        for i = 3 + next - first, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
        next = math.max(next, first + #ARGV - 2)
        redis.call('HSET', KEYS[2], ARGV[1], next)
        return next
        """;

    public async ValueTask AppendAsync(
        SubSessionKey producer, int epoch, string channel, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [StorageKeys.Results(producer.SessionId, epoch, channel), StorageKeys.ResultSequences(producer.SessionId, epoch, channel)];
        RedisValue[] values = [producer.Node, firstSequence, .. items.Select(Encode)];
        var next = (long)await redis.GetDatabase().ScriptEvaluateAsync(Append, keys, values);
        if (next < firstSequence)
        {
            throw new BlueEdgeException(
                $"Channel '{channel}' of session {producer.SessionId} has {next} items of node '{producer.Node}' and was given number {firstSequence}: items between are missing.");
        }

        notices.Tell(producer.SessionId);
    }

    public async Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(queries.Select(query => ReadAsync(sessionId, epoch, query)))];

    /// <summary>Reads in runs that grow while items are small, so that a page of large items costs no more memory than a page.</summary>
    private async Task<ResultPage> ReadAsync(string sessionId, int epoch, ResultQuery query)
    {
        var database = redis.GetDatabase();
        var key = StorageKeys.Results(sessionId, epoch, query.Channel);
        var counting = database.ListLengthAsync(key);
        var items = ImmutableArray.CreateBuilder<Payload>();
        var (next, bytes, run, end) = (query.Offset, 0L, SmallestRead, query.Offset + query.Limit);
        var total = 0L;
        while (next < end && bytes < PageBytes)
        {
            var values = await database.ListRangeAsync(key, next, Math.Min(next + run, end) - 1);
            total = await counting;
            foreach (var value in values.TakeWhile(_ => bytes < PageBytes))
            {
                items.Add(Decode(value));
                bytes += value.Length();
                next++;
            }

            if (values.Length < run)
            {
                break;
            }

            run = Math.Min(run * 2, LargestRead);
        }

        total = Math.Max(await counting, next > query.Offset ? next : 0);
        return new() { Channel = query.Channel, Items = items.ToImmutable(), Total = total, NextOffset = next < total ? next : null };
    }

    private RedisValue Encode(Payload payload) => payload is { Type: ChannelType.Json, Blob: null }
        ? payload.Bytes
        : (byte[])[Serialized, .. serializer.SerializeToArray(payload)];

    private Payload Decode(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes is { IsEmpty: false } && bytes.Span[0] == Serialized
            ? serializer.Deserialize(bytes[1..]) ?? throw new BlueEdgeException("A stored result is damaged: it holds no payload.")
            : Payload.Json(bytes);
    }
}
