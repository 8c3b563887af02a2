using System.Collections.Immutable;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;

namespace BlueEdge.Store.Sqlite.Sessions.Records;

/// <summary>Sessions as rows: the state, which changes, apart from the spec, which may be large.</summary>
internal sealed class SqliteSessionStore(
    SqliteStore store,
    Serializer<SessionState> states,
    Serializer<SessionSpec> specs,
    Serializer<SessionEvent> events,
    IOptions<SessionOptions> options,
    TimeProvider clock) : ISessionStore
{
    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<StoredSession> ReadAsync(string sessionId)
    {
        var now = Now;
        var found = await store.ReadAsync(session => session.ReadAll(
            "SELECT version, state, spec FROM sessions JOIN session_specs USING (id) WHERE id = $1 AND (expires IS NULL OR expires > $2)",
            [sessionId, now],
            row => (Version: row.GetInt64(0), State: row.GetFieldValue<byte[]>(1), Spec: row.GetFieldValue<byte[]>(2))));
        return found is [var only]
            ? new(only.Version, states.Deserialize(only.State) ?? throw Damaged(sessionId), specs.Deserialize(only.Spec))
            : new(0, SessionState.None, null);
    }

    public Task<ImmutableArray<SessionEvent>> ReadEventsAsync(string sessionId, long after, int count) =>
        store.ReadAsync(session => session.ReadAll(
            "SELECT event FROM session_events WHERE session = $1 AND number > $2 ORDER BY number LIMIT $3",
            [sessionId, after, count],
            row => events.Deserialize(row.GetFieldValue<byte[]>(0)) ?? throw Damaged(sessionId)).ToImmutableArray());

    public async Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var state = states.SerializeToArray(after);
        var bytes = version == 0 ? specs.SerializeToArray(spec) : null;
        var news = after.News.Select(one => (one.Number, Event: events.SerializeToArray(one))).ToList();
        var listed = ListedSession.Of(sessionId, spec, after);
        var (from, to) = (SessionGroups.Of(before.Status), SessionGroups.Of(after.Status));
        var expires = after.Status.IsTerminal() ? ((after.EndedAt ?? clock.GetUtcNow()) + options.Value.Retention).ToUnixTimeMilliseconds() : default(long?);
        var epoch = after.Status.IsTerminal() ? 0 : after.Epoch;
        var now = Now;
        var written = await store.WriteAsync(session =>
        {
            if (!(version == 0 ? Create(session) : from == to && expires is null ? Change(session) : Move(session)))
            {
                return false;
            }

            session.Note(sessionId, news, dropped: after.LastEvent - SessionEvents.MostKept);
            if (before.OwesEvents != after.OwesEvents)
            {
                session.NoteUntold(sessionId, after.OwesEvents);
            }

            if (version == 0 || from != to)
            {
                session.Move(listed, version == 0 ? null : from, to);
            }

            if (expires is not null && after.FormerAttempts.Length > 0)
            {
                session.ForgetResults(sessionId, but: after.Epoch);
            }

            return true;
        });
        if (!written)
        {
            throw new InconsistentStateException($"Session {sessionId} was changed by another activation since its version {version}. Call again.");
        }

        bool Create(SqliteSession session)
        {
            if (session.ReadValue("SELECT place FROM sessions WHERE id = $1 AND expires <= $2", sessionId, now) is string former)
            {
                session.Forget(sessionId, former);
            }

            return session.Execute(
                    "INSERT INTO sessions (id, version, epoch, status_group, place, expires, state, tenant) VALUES ($1, 1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                    sessionId, epoch, (int)to, listed.Place, expires, state, SessionRows.Named(listed.Tenant)) == 1
                && session.Execute("INSERT INTO session_specs (id, engines, spec) VALUES ($1, $2, $3)", sessionId, SessionRows.EnginesOf(listed), bytes) == 1;
        }

        bool Change(SqliteSession session) => session.Execute(
            "UPDATE sessions SET version = version + 1, epoch = $3, state = $4 WHERE id = $1 AND version = $2", sessionId, version, epoch, state) == 1;

        bool Move(SqliteSession session) => session.Execute(
            "UPDATE sessions SET version = version + 1, epoch = $3, status_group = $4, expires = $5, state = $6 WHERE id = $1 AND version = $2",
            sessionId, version, epoch, (int)to, expires, state) == 1;
    }

    private static BlueEdgeException Damaged(string sessionId) => new($"The record of session {sessionId} is damaged: it holds no state.");
}
