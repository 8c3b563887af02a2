using System.Collections.Immutable;
using BlueEdge.Auditing;
using BlueEdge.Grains.Auditing;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Options;

namespace BlueEdge.Store.Sqlite.Auditing;

/// <summary>The audit as a row for each record. Its place is the row's number, whatever the clock says.</summary>
internal sealed class SqliteAuditStore(SqliteStore store, IOptions<AuditOptions> options) : IAuditStore
{
    /// <summary>Old ones are deleted once so many new ones have come, for to count takes longer than to write.</summary>
    private const int Slack = 1_000;

    private int _added = Slack; // What came before the start is looked at with the first.

    public Task AppendAsync(ImmutableArray<AuditRecord> records) => store.WriteAsync(session =>
    {
        foreach (var record in records)
        {
            session.Execute("INSERT INTO audit (kind, record) VALUES ($1, $2)", (int)record.Kind, AuditJson.Write(record));
        }

        _added += records.Length;
        if (_added >= Slack)
        {
            foreach (var kind in Enum.GetValues<AuditKind>())
            {
                session.Execute(
                    "DELETE FROM audit WHERE kind = $1 AND id <= (SELECT id FROM audit WHERE kind = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)", (int)kind, options.Value.MaxRecords);
            }

            _added = 0;
        }

        return records.Length;
    });

    public async Task<ImmutableArray<(AuditPosition Position, AuditRecord Record)>> ReadAsync(AuditKind kind, AuditPosition? before, int count)
    {
        var rows = await store.ReadAsync(session => session.ReadAll(
            "SELECT id, record FROM audit WHERE kind = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            [(int)kind, before?.Number ?? long.MaxValue, count],
            row => (new AuditPosition(0, row.GetInt64(0), kind), AuditJson.Read(row.GetFieldValue<byte[]>(1)))));
        return [.. rows];
    }
}
