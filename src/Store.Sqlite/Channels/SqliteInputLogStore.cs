using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Store.Sqlite.Results;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Channels;

/// <summary>Logs as rows, with the number that each writer writes next.</summary>
internal sealed class SqliteInputLogStore(SqliteStore store, Serializer<Payload> serializer) : IInputLogStore
{
    private readonly SqlitePayloads _payloads = new(serializer);

    public Task<InputAppend> AppendAsync(string sessionId, int epoch, string channel, InputRun run)
    {
        var rows = ImmutableArray.CreateRange(run.Items, _payloads.Encode);
        return store.WriteAsync(session => Append(session, sessionId, channel, run, rows));
    }

    public Task<InputPage> ReadAsync(string sessionId, string channel, long offset, int items, int bytes) => store.ReadAsync(session =>
    {
        if (Find(session, sessionId, channel) is not { } log)
        {
            return new InputPage(0, [], 0, HasEnded: false);
        }

        var (read, size, from) = (ImmutableArray.CreateBuilder<Payload>(), 0L, Math.Max(offset, log.First));
        session.Read(
            "SELECT item FROM input_items WHERE log = $1 AND number >= $2 AND number < $3 ORDER BY number",
            [log.Id, from, Math.Min(from + items, log.Next)],
            row =>
            {
                var item = row.GetFieldValue<byte[]>(0);
                read.Add(_payloads.Decode(item));
                size += item.Length;
                return size < bytes;
            });
        return new InputPage(from, read.DrainToImmutable(), log.Next, log.HasEnded);
    });

    public Task TrimAsync(string sessionId, string channel, long before) => store.WriteAsync(session =>
    {
        if (Find(session, sessionId, channel) is not { } log || log.First >= before)
        {
            return false;
        }

        session.Execute("DELETE FROM input_items WHERE log = $1 AND number < $2", log.Id, before);
        return session.Execute("UPDATE input_logs SET first = $2 WHERE log = $1", log.Id, before) == 1;
    });

    private static InputAppend Append(SqliteSession session, string sessionId, string channel, InputRun run, ImmutableArray<byte[]> rows)
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

        var left = run.Writer is null ? rows : rows[(int)Math.Clamp(has - run.FirstSequence, 0, rows.Length)..];
        if (log.HasEnded)
        {
            var hasAll = rows.IsEmpty ? run.Ends : left.IsEmpty;
            return new(hasAll ? InputAppendOutcome.Taken : InputAppendOutcome.Ended, has, 0);
        }

        var next = log.Next;
        foreach (var row in left)
        {
            session.Execute("INSERT INTO input_items (log, number, item) VALUES ($1, $2, $3)", log.Id, next++, row);
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

    private static LogRow Create(SqliteSession session, string sessionId, string channel) => new(
        session.ReadNumber("INSERT INTO input_logs (session, channel, first, next, ended) VALUES ($1, $2, 0, 0, 0) RETURNING log", sessionId, channel), 0, 0, HasEnded: false);

    private sealed record LogRow(long Id, long First, long Next, bool HasEnded);
}
