using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Results;

/// <summary>Results as rows of a list for each interested channel of an attempt.</summary>
internal sealed class SqliteResultStore(SqliteStore store, IResultNotices notices, Serializer<Payload> serializer) : IResultStore
{
    private const int Refused = -1;

    private readonly SqlitePayloads _payloads = new(serializer);

    public async ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken)
    {
        var rows = ImmutableArray.CreateRange(items, _payloads.Encode);
        var next = await store.WriteAsync(session => Append(session, producer, epoch, channel, isOnlyProducer, firstSequence, rows));
        if (next == Refused)
        {
            return false;
        }

        if (next < firstSequence)
        {
            throw new BlueEdgeException(
                $"Channel '{channel}' of session {producer.SessionId} has {next} items of node '{producer.Node}' and was given number {firstSequence}: items between are missing.");
        }

        notices.Tell(producer.SessionId);
        return true;
    }

    public Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        store.ReadAsync(session => ImmutableArray.CreateRange(queries, query => Read(session, sessionId, epoch, query)));

    /// <returns>The producer's next sequence, or <see cref="Refused"/>.</returns>
    private static long Append(
        SqliteSession session, SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long first, ImmutableArray<byte[]> rows)
    {
        if (session.ReadValue("SELECT epoch FROM sessions WHERE id = $1", producer.SessionId) is not long current || current != epoch)
        {
            return Refused;
        }

        var (list, end) = Find(session, producer.SessionId, epoch, channel);
        var next = isOnlyProducer
            ? end
            : (long?)session.ReadValue("SELECT next FROM result_producers WHERE list = $1 AND producer = $2", list, producer.Node) ?? 0;
        if (first > next || first + rows.Length <= next)
        {
            return next;
        }

        foreach (var row in rows.AsSpan()[(int)(next - first)..])
        {
            session.Execute("INSERT INTO results (list, number, item) VALUES ($1, $2, $3)", list, end++, row);
        }

        session.Execute("UPDATE result_lists SET next = $2 WHERE list = $1", list, end);
        if (!isOnlyProducer)
        {
            session.Execute("INSERT OR REPLACE INTO result_producers (list, producer, next) VALUES ($1, $2, $3)", list, producer.Node, first + rows.Length);
        }

        return first + rows.Length;
    }

    private static (long List, long End) Find(SqliteSession session, string sessionId, int epoch, string channel)
    {
        var found = session.ReadAll(
            "SELECT list, next FROM result_lists WHERE session = $1 AND epoch = $2 AND channel = $3",
            [sessionId, epoch, channel],
            row => (row.GetInt64(0), row.GetInt64(1)));
        return found is [var only]
            ? only
            : (session.ReadNumber("INSERT INTO result_lists (session, epoch, channel, next) VALUES ($1, $2, $3, 0) RETURNING list", sessionId, epoch, channel), 0);
    }

    private ResultPage Read(SqliteSession session, string sessionId, int epoch, ResultQuery query)
    {
        var found = session.ReadAll(
            "SELECT list, next FROM result_lists WHERE session = $1 AND epoch = $2 AND channel = $3",
            [sessionId, epoch, query.Channel],
            row => (List: row.GetInt64(0), End: row.GetInt64(1)));
        if (found is not [var (list, total)])
        {
            return new() { Channel = query.Channel, Items = [], Total = 0, NextOffset = null };
        }

        var items = ImmutableArray.CreateBuilder<Payload>();
        var bytes = 0L;
        session.Read(
            "SELECT item FROM results WHERE list = $1 AND number >= $2 AND number < $3 ORDER BY number",
            [list, query.Offset, Math.Min(query.Offset + query.Limit, total)],
            row =>
            {
                var item = row.GetFieldValue<byte[]>(0);
                items.Add(_payloads.Decode(item));
                bytes += item.Length;
                return bytes < query.Bytes;
            });
        var next = query.Offset + items.Count;
        return new() { Channel = query.Channel, Items = items.ToImmutable(), Total = total, NextOffset = next < total ? next : null };
    }
}
