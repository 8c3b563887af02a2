using System.Collections.Immutable;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Store.Sqlite.Sessions.Records;
using BlueEdge.Store.Sqlite.Storage;

namespace BlueEdge.Store.Sqlite.Sessions.Listing;

/// <summary>The lists as indexes of the sessions and of their engines.</summary>
internal sealed class SqliteSessionLists(SqliteStore store) : ISessionLists
{
    /// <summary>Sessions that are deleted in one step: others' writes wait for it.</summary>
    private const int LargestRemoval = 20;

    /// <summary>Comes after every place.</summary>
    private const string End = "g";

    public Task<ImmutableArray<string>> ReadAsync(string? tenant, IReadOnlyList<SessionGroup> groups, string? engine, string? before, int count) =>
        store.ReadAsync(session => groups
            .SelectMany(group => engine is null
                ? session.ReadAll(
                    "SELECT place FROM sessions WHERE tenant = $1 AND status_group = $2 AND place < $3 ORDER BY place DESC LIMIT $4",
                    [SessionRows.Named(tenant), (int)group, before ?? End, count],
                    row => row.GetString(0))
                : session.ReadAll(
                    "SELECT place FROM session_engines WHERE tenant = $1 AND engine = $2 AND status_group = $3 AND place < $4 ORDER BY place DESC LIMIT $5",
                    [SessionRows.Named(tenant), engine, (int)group, before ?? End, count],
                    row => row.GetString(0)))
            .Distinct(StringComparer.Ordinal)
            .OrderDescending(StringComparer.Ordinal)
            .Take(count)
            .ToImmutableArray());

    public Task<int> CountAsync(string? tenant, IReadOnlyList<SessionGroup> groups) =>
        store.ReadAsync(session => (int)groups.Sum(group => session.ReadNumber("SELECT count(*) FROM sessions WHERE tenant = $1 AND status_group = $2", SessionRows.Named(tenant), (int)group)));

    public Task<ImmutableArray<string>> ReadTenantsAsync(string? after, int count) =>
        store.ReadAsync(session =>
        {
            // One look into the index for each, however many sessions it has.
            var tenants = ImmutableArray.CreateBuilder<string>();
            for (var last = after ?? ""; tenants.Count < count && session.ReadValue("SELECT min(tenant) FROM sessions WHERE tenant > $1", last) is string next; last = next)
            {
                tenants.Add(next);
            }

            return tenants.ToImmutable();
        });

    public Task<ImmutableArray<string>> ReadUntoldAsync(string? after, int count) =>
        store.ReadAsync(session => session.ReadAll(
            "SELECT session FROM untold_sessions WHERE session > $1 ORDER BY session LIMIT $2", [after ?? "", count], row => row.GetString(0)).ToImmutableArray());

    public Task<ImmutableArray<ExpiredSession>> ReadExpiredAsync(DateTimeOffset now, int count) =>
        store.ReadAsync(session => session.ReadAll(
            "SELECT place, status_group FROM sessions WHERE expires <= $1 ORDER BY expires LIMIT $2",
            [now.ToUnixTimeMilliseconds(), count],
            row => ExpiredOf(row.GetString(0), (SessionGroup)row.GetInt32(1))).ToImmutableArray());

    public async Task RemoveAsync(ImmutableArray<ExpiredSession> sessions)
    {
        foreach (var chunk in sessions.Chunk(LargestRemoval))
        {
            await store.WriteAsync(session =>
            {
                foreach (var (listed, _) in chunk)
                {
                    session.Forget(listed.SessionId, listed.Place);
                }

                return true;
            });
        }

        while (await store.ShrinkAsync())
        {
        }
    }

    /// <summary>Its engines are looked up where it is deleted.</summary>
    private static ExpiredSession ExpiredOf(string place, SessionGroup group) =>
        new(new(ListedSession.SessionIdOf(place), new(ListedSession.TicksOf(place), TimeSpan.Zero), []), group);
}
