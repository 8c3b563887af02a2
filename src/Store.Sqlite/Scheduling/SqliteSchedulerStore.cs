using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Scheduling;

/// <summary>A scheduler's durable side as rows.</summary>
internal sealed class SqliteSchedulerStore(string domain, SqliteStore store, Serializer serializer) : ISchedulerStore
{
    private const string Engines = "engine";
    private const string Instances = "instance";
    private const string Attempts = "attempt";
    private const string Losses = "loss";

    private long _token;

    public async Task<StoredSchedule> OpenAsync()
    {
        _token = await store.WriteAsync(session => session.ReadNumber(
            "INSERT INTO scheduler_tokens (domain, token) VALUES ($1, 1) ON CONFLICT DO UPDATE SET token = token + 1 RETURNING token", domain));
        return await store.ReadAsync(session => new StoredSchedule(
            Read<EngineDefinition>(session, Engines),
            Read<StoredInstance>(session, Instances),
            Read<StoredAttempt>(session, Attempts),
            ReadPending(session),
            Read<StoredLoss>(session, Losses)));
    }

    public async Task CommitAsync(SchedulerWrite write)
    {
        (string Kind, string Name, byte[]? Value)[] entries =
        [
            .. Entries(Engines, write.Engines), .. Entries(Instances, write.Instances), .. Entries(Attempts, write.Attempts), .. Entries(Losses, write.Losses),
        ];
        var written = await store.WriteAsync(session =>
        {
            if (session.ReadNumber("SELECT token FROM scheduler_tokens WHERE domain = $1", domain) != _token)
            {
                return false;
            }

            foreach (var (engine, member, rank) in write.Pending)
            {
                Put(session, engine, member.ToString(), rank);
            }

            foreach (var (kind, name, value) in entries)
            {
                Put(session, kind, name, value);
            }

            return true;
        });
        if (!written)
        {
            throw new SchedulerFencedException($"Scheduler '{domain}' has a newer activation. This one is shut out; call again.");
        }
    }

    private IEnumerable<(string Kind, string Name, byte[]? Value)> Entries<T>(string kind, IReadOnlyDictionary<string, T> entries) =>
        entries.Select(entry => (kind, entry.Key, entry.Value is null ? null : serializer.SerializeToArray(entry.Value)));

    private void Put(SqliteSession session, string engine, string member, int? rank)
    {
        if (rank is { } waits)
        {
            session.Execute("INSERT OR REPLACE INTO scheduler_pending (domain, engine, member, rank) VALUES ($1, $2, $3, $4)", domain, engine, member, waits);
        }
        else
        {
            session.Execute("DELETE FROM scheduler_pending WHERE domain = $1 AND engine = $2 AND member = $3", domain, engine, member);
        }
    }

    private void Put(SqliteSession session, string kind, string name, byte[]? value)
    {
        if (value is not null)
        {
            session.Execute("INSERT OR REPLACE INTO scheduler_entries (domain, kind, name, value) VALUES ($1, $2, $3, $4)", domain, kind, name, value);
        }
        else
        {
            session.Execute("DELETE FROM scheduler_entries WHERE domain = $1 AND kind = $2 AND name = $3", domain, kind, name);
        }
    }

    private List<T> Read<T>(SqliteSession session, string kind)
        where T : class =>
        session.ReadAll(
            "SELECT name, value FROM scheduler_entries WHERE domain = $1 AND kind = $2",
            [domain, kind],
            row => serializer.Deserialize<T>(row.GetFieldValue<byte[]>(1))
                ?? throw new BlueEdgeException($"The store of scheduler '{domain}' holds a damaged {kind} '{row.GetString(0)}'."));

    private IReadOnlyList<EnlistRequest> ReadPending(SqliteSession session)
    {
        var pending = new StoredPending();
        session.Read("SELECT engine, member, rank FROM scheduler_pending WHERE domain = $1", [domain], row =>
        {
            pending.Add(row.GetString(0), -row.GetDouble(2), PendingMember.Parse(row.GetString(1)));
            return true;
        });
        return pending.InOrder();
    }
}
