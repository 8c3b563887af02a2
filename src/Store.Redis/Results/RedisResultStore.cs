using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Results;

/// <summary>
/// Results as one Redis list for each interested channel of an attempt. Appends that come while one is under way share the next.
/// </summary>
internal sealed class RedisResultStore : IResultStore
{
    private const int SmallestRead = 32;
    private const int LargestRead = 1_024;

    /// <summary>Begins what is not JSON alone; no JSON text begins so.</summary>
    private const byte Serialized = 0;

    private const long Refused = -1;

    /// <summary>
    /// For each run: the number of its list's key, that of its sequences or 0, that of its session, the attempt, the producer, the
    /// first item's sequence, how many items follow, and these. Appends what the channel does not have of this producer yet, and
    /// answers with the next sequence of each, or -1 where the session has ended or is at another attempt. A channel with one
    /// producer needs no sequences: they are the places in the list. Sessions of former versions do not name their attempt; they
    /// expire once they have ended.
    /// </summary>
    private const string Append =
        """
        local answers = {}
        local i = 1
        while i <= #ARGV do
          local list = KEYS[tonumber(ARGV[i])]
          local sequences = tonumber(ARGV[i + 1]) > 0 and KEYS[tonumber(ARGV[i + 1])]
          local session = KEYS[tonumber(ARGV[i + 2])]
          local first = tonumber(ARGV[i + 5])
          local count = tonumber(ARGV[i + 6])
          local attempt = redis.call('HGET', session, 'attempt')
          if not attempt and redis.call('PTTL', session) == -1 then attempt = ARGV[i + 3] end
          local next = -1
          if attempt == ARGV[i + 3] then
            if sequences then next = tonumber(redis.call('HGET', sequences, ARGV[i + 4]) or '0') else next = redis.call('LLEN', list) end
            if first <= next and first + count > next then
              for j = i + 7 + next - first, i + 6 + count do redis.call('RPUSH', list, ARGV[j]) end
              next = first + count
              if sequences then redis.call('HSET', sequences, ARGV[i + 4], next) end
            end
          end
          answers[#answers + 1] = next
          i = i + 7 + count
        end
        return answers
        """;

    private readonly RedisStore _redis;
    private readonly StorageKeys _keys;
    private readonly IResultNotices _notices;
    private readonly Serializer<Payload> _serializer;
    private readonly CallGatherer<ResultAppend, long> _appends;

    public RedisResultStore(RedisStore redis, StorageKeys keys, IResultNotices notices, Serializer<Payload> serializer)
    {
        (_redis, _keys, _notices, _serializer) = (redis, keys, notices, serializer);
        _appends = new(AppendAsync);
    }

    public async ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken)
    {
        var append = new ResultAppend(
            _keys.Results(producer.SessionId, epoch, channel),
            isOnlyProducer ? default(RedisKey?) : _keys.ResultSequences(producer.SessionId, epoch, channel),
            _keys.Session(producer.SessionId),
            epoch,
            producer.Node,
            firstSequence,
            [.. items.Select(Encode)]);
        var next = append.Size > ScriptWords.LargestShared ? (await AppendAsync([append]))[0] : await _appends.CallAsync(append);
        if (next == Refused)
        {
            return false;
        }

        if (next < firstSequence)
        {
            throw new BlueEdgeException(
                $"Channel '{channel}' of session {producer.SessionId} has {next} items of node '{producer.Node}' and was given number {firstSequence}: items between are missing.");
        }

        _notices.Tell(producer.SessionId);
        return true;
    }

    public async Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        [.. await _redis.AskAsync(database => Task.WhenAll(queries.Select(query => ReadAsync(database, sessionId, epoch, query))))];

    private async Task<IReadOnlyList<long>> AppendAsync(List<ResultAppend> appends)
    {
        var script = new ScriptWords();
        foreach (var append in appends)
        {
            script.Add(
                script.Number(append.List),
                append.Sequences is { } sequences ? script.Number(sequences) : 0,
                script.Number(append.Session),
                append.Epoch,
                append.Producer,
                append.First,
                append.Items.Length);
            script.Add(append.Items);
        }

        var answers = (RedisResult[])(await _redis.AskAsync(database => database.ScriptEvaluateAsync(Append, script.Keys, script.Words)))!; // A table.
        return Array.ConvertAll(answers, answer => (long)answer);
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
                items.Add(Decode(value));
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

    private RedisValue Encode(Payload payload) => payload is { Type: ChannelType.Json, Blob: null, Envelope: null }
        ? payload.Bytes
        : (byte[])[Serialized, .. _serializer.SerializeToArray(payload)];

    private Payload Decode(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes is { IsEmpty: false } && bytes.Span[0] == Serialized
            ? _serializer.Deserialize(bytes[1..]) ?? throw new BlueEdgeException("A stored result is damaged: it holds no payload.")
            : Payload.Json(bytes);
    }
}
