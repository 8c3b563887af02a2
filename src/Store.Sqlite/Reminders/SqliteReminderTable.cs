using System.Globalization;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Reminders;

/// <summary>Orleans' reminders in the embedded mode's store.</summary>
internal sealed class SqliteReminderTable(SqliteStore store) : IReminderTable
{
    private const string Columns = "SELECT grain, name, start, period, etag FROM reminders ";

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new(await store.ReadAsync(session =>
        session.ReadAll(Columns + "WHERE grain = $1", [grainId.ToString()], EntryOf)));

    /// <summary>Those whose hash is beyond the begin, up to the end; the ring goes round.</summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => new(await store.ReadAsync(session => session.ReadAll(
        begin < end ? Columns + "WHERE hash > $1 AND hash <= $2" : Columns + "WHERE hash > $1 OR hash <= $2", [(long)begin, (long)end], EntryOf)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => (await store.ReadAsync(session =>
        session.ReadAll(Columns + "WHERE grain = $1 AND name = $2", [grainId.ToString(), reminderName], EntryOf))).FirstOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        await store.WriteAsync(session => session.Execute(
            "INSERT OR REPLACE INTO reminders (grain, name, hash, start, period, etag) VALUES ($1, $2, $3, $4, $5, $6)",
            entry.GrainId.ToString(), entry.ReminderName, (long)entry.GrainId.GetUniformHashCode(), entry.StartAt.Ticks, entry.Period.Ticks, etag));
        return etag;
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => store.WriteAsync(session => session.Execute(
        "DELETE FROM reminders WHERE grain = $1 AND name = $2 AND etag = $3", grainId.ToString(), reminderName, eTag) == 1);

    public Task TestOnlyClearTable() => store.WriteAsync(session => session.Execute("DELETE FROM reminders"));

    private static ReminderEntry EntryOf(SqliteDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(0), CultureInfo.InvariantCulture),
        ReminderName = row.GetString(1),
        StartAt = new(row.GetInt64(2), DateTimeKind.Utc),
        Period = new(row.GetInt64(3)),
        ETag = row.GetString(4),
    };
}
