using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Store.Sqlite.Results;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Channels;

/// <summary>Logs as rows of items that came together, with the number that each writer writes next.</summary>
internal sealed class SqliteInputLogStore(SqliteStore store, Serializer<Payload> serializer) : IInputLogStore
{
    private readonly SqlitePayloads _payloads = new(serializer);

    public Task<InputAppend> AppendAsync(string sessionId, int epoch, string channel, InputRun run)
    {
        var items = ImmutableArray.CreateRange(run.Items, _payloads.Encode);
        return store.WriteAsync(session => Append(session, sessionId, channel, run, items));
    }

    public Task<InputPage> ReadAsync(string sessionId, string channel, long offset, int items, int bytes) => store.ReadAsync(session =>
    {
        if (Find(session, sessionId, channel) is not { } log)
        {
            return new InputPage(0, [], 0, HasEnded: false);
        }

        var (read, size, from) = (ImmutableArray.CreateBuilder<Payload>(), 0L, Math.Max(offset, log.First));
        var (place, end) = (from, Math.Min(from + items, log.Next));
        while (place < end && size < bytes && ReadRow(session, log, place) is [_, ..] row)
        {
            foreach (var item in row.TakeWhile(_ => place < end && size < bytes))
            {
                read.Add(_payloads.Decode(item));
                size += item.Length;
                place++;
            }
        }

        return new InputPage(from, read.DrainToImmutable(), log.Next, log.HasEnded);
    });

    public Task TrimAsync(string sessionId, string channel, long before) => store.WriteAsync(session =>
    {
        if (Find(session, sessionId, channel) is not { } log || log.First >= before)
        {
            return false;
        }

        // A row goes with the last of its items.
        var left = before >= log.Next ? InputRows.Id(log.Id, before) : IdOfRow(session, log, before);
        session.Execute("DELETE FROM input_rows WHERE id >= $1 AND id < $2", InputRows.Id(log.Id, 0), left);
        return session.Execute("UPDATE input_logs SET first = $2 WHERE log = $1", log.Id, before) == 1;
    });

    /// <summary>The items from a place on that are in one row.</summary>
    private static byte[][] ReadRow(SqliteSession session, LogRow log, long place)
    {
        var id = IdOfRow(session, log, place);
        return session.ReadValue("SELECT items FROM input_rows WHERE id = $1", id) is byte[] row
            ? [.. InputRows.Unpack(row).Skip((int)(place - InputRows.Number(id)))]
            : [];
    }

    /// <summary>The row that has an item: the last that does not begin behind it.</summary>
    private static long IdOfRow(SqliteSession session, LogRow log, long number) => session.ReadNumber(
        "SELECT coalesce(max(id), $2) FROM input_rows WHERE id BETWEEN $1 AND $2", InputRows.Id(log.Id, 0), InputRows.Id(log.Id, number));

    private static InputAppend Append(SqliteSession session, string sessionId, string channel, InputRun run, ImmutableArray<byte[]> items)
    {
        if (session.ReadValue("SELECT epoch FROM sessions WHERE id = $1", sessionId) is not (long and > 0))
        {
            return new(InputAppendOutcome.Over, Find(session, sessionId, channel) is { } former ? Next(session, former, run.Writer) : 0, 0);
        }

        var log = Find(session, sessionId, channel) ?? Create(session, sessionId, channel);
        var has = Next(session, log, run.Writer);
        if (run.Writer is not null && !run.Items.IsEmpty && has < run.FirstSequence)
        {
            return new(InputAppendOutcome.Gap, has, 0);
        }

        var left = run.Writer is null ? items : items[(int)Math.Clamp(has - run.FirstSequence, 0, items.Length)..];
        if (log.HasEnded)
        {
            var hasAll = items.IsEmpty ? run.Ends : left.IsEmpty;
            return new(hasAll ? InputAppendOutcome.Taken : InputAppendOutcome.Ended, has, 0);
        }

        if (log.Next + left.Length > InputRows.MostItems)
        {
            throw new BlueEdgeException($"Channel '{channel}' of session {sessionId} has had {log.Next} items, and takes no more than {InputRows.MostItems}. End it, and submit another session.");
        }

        var next = log.Next;
        for (var at = 0; at < left.Length; next = log.Next + at)
        {
            var row = InputRows.Pack(left.AsSpan()[at..], out var count);
            session.Execute("INSERT INTO input_rows (id, items) VALUES ($1, $2)", InputRows.Id(log.Id, next), row);
            at += count;
        }

        session.Execute("UPDATE input_logs SET next = $2, ended = $3 WHERE log = $1", log.Id, next, run.Ends ? 1 : 0);
        if (run.Writer is not null && !left.IsEmpty)
        {
            has = run.NextSequence;
            session.Execute("INSERT OR REPLACE INTO input_writers (log, writer, next) VALUES ($1, $2, $3)", log.Id, run.Writer, has);
        }

        return new(InputAppendOutcome.Taken, has, left.Length, next);
    }

    private static LogRow? Find(SqliteSession session, string sessionId, string channel) => session.ReadAll(
        "SELECT log, first, next, ended FROM input_logs WHERE session = $1 AND channel = $2",
        [sessionId, channel],
        row => new LogRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3) != 0)) is [var only] ? only : null;

    private static long Next(SqliteSession session, LogRow log, string? writer) =>
        writer is null ? 0 : (long?)session.ReadValue("SELECT next FROM input_writers WHERE log = $1 AND writer = $2", log.Id, writer) ?? 0;

    private static LogRow Create(SqliteSession session, string sessionId, string channel)
    {
        // The highest goes when its session does; only after very many sessions is there a reason to look for one that is free.
        var log = session.ReadNumber("SELECT coalesce(max(log), 0) + 1 FROM input_logs");
        log = log <= InputRows.MostLogs ? log : session.ReadNumber("SELECT min(log) + 1 FROM input_logs AS one WHERE NOT EXISTS (SELECT 1 FROM input_logs WHERE log = one.log + 1)");
        session.Execute("INSERT INTO input_logs (log, session, channel, first, next, ended) VALUES ($1, $2, $3, 0, 0, 0)", log, sessionId, channel);
        return new(log, 0, 0, HasEnded: false);
    }

    private sealed record LogRow(long Id, long First, long Next, bool HasEnded);
}
