using BlueEdge.Store.Sqlite.Channels;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Store.Sqlite.Storage;

namespace BlueEdge.Store.Sqlite.Sessions.Records;

/// <summary>What several operations do with the rows of a session.</summary>
internal static class SessionRows
{
    /// <summary>Ids of engines have no control characters.</summary>
    private const char Separator = '\n';

    /// <summary>A tenant, as the tables have it.</summary>
    public static string Named(string? tenant) => tenant ?? "";

    /// <summary>The session's engines as one text.</summary>
    public static string EnginesOf(ListedSession listed) => string.Join(Separator, listed.Engines);

    /// <summary>Puts the session under another group in the lists of its engines.</summary>
    public static void Move(this SqliteSession session, ListedSession listed, SessionGroup? from, SessionGroup to)
    {
        foreach (var engine in listed.Engines)
        {
            if (from is { } group)
            {
                session.Leave(listed.Tenant, engine, (int)group, listed.Place);
            }

            session.Execute(
                "INSERT OR IGNORE INTO session_engines (tenant, engine, status_group, place) VALUES ($1, $2, $3, $4)",
                Named(listed.Tenant), engine, (int)to, listed.Place);
        }
    }

    /// <summary>Adds to the session's events, and drops those up to a number, which is below 1 while all are kept.</summary>
    public static void Note(this SqliteSession session, string sessionId, List<(long Number, byte[] Event)> news, long dropped)
    {
        foreach (var (number, one) in news)
        {
            session.Execute("INSERT INTO session_events (session, number, event) VALUES ($1, $2, $3)", sessionId, number, one);
        }

        if (news.Count > 0 && dropped > 0)
        {
            session.Execute("DELETE FROM session_events WHERE session = $1 AND number <= $2", sessionId, dropped);
        }
    }

    /// <summary>Says whether somebody has yet to hear of the session's events.</summary>
    public static void NoteUntold(this SqliteSession session, string sessionId, bool isUntold) => session.Execute(
        isUntold ? "INSERT OR IGNORE INTO untold_sessions (session) VALUES ($1)" : "DELETE FROM untold_sessions WHERE session = $1", sessionId);

    /// <summary>Deletes all of a session, unless its id is that of another, submitted later, by now.</summary>
    public static void Forget(this SqliteSession session, string sessionId, string place)
    {
        if (session.ReadAll("SELECT status_group, tenant FROM sessions WHERE id = $1 AND place = $2", [sessionId, place], row => (Group: row.GetInt64(0), Tenant: row.GetString(1)))
            is not [var only])
        {
            return;
        }

        var engines = (string?)session.ReadValue("SELECT engines FROM session_specs WHERE id = $1", sessionId) ?? "";
        foreach (var engine in engines.Split(Separator))
        {
            session.Leave(only.Tenant, engine, only.Group, place);
        }

        session.Execute("DELETE FROM sessions WHERE id = $1", sessionId);
        session.Execute("DELETE FROM session_specs WHERE id = $1", sessionId);
        session.Execute("DELETE FROM session_events WHERE session = $1", sessionId);
        session.Execute("DELETE FROM untold_sessions WHERE session = $1", sessionId);
        session.Execute("DELETE FROM dead_letters WHERE session = $1", sessionId);
        session.ForgetResults(sessionId, but: 0);
        foreach (var log in session.ReadAll("SELECT log FROM input_logs WHERE session = $1", [sessionId], row => row.GetInt64(0)))
        {
            session.Execute("DELETE FROM input_rows WHERE id >= $1 AND id < $2", InputRows.Id(log, 0), InputRows.Id(log + 1, 0));
            session.Execute("DELETE FROM input_writers WHERE log = $1", log);
            session.Execute("DELETE FROM input_logs WHERE log = $1", log);
        }
    }

    /// <summary>Former versions listed all as the default tenant's.</summary>
    private static void Leave(this SqliteSession session, string? tenant, string engine, long group, string place) => session.Execute(
        "DELETE FROM session_engines WHERE tenant IN ($1, '') AND engine = $2 AND status_group = $3 AND place = $4", Named(tenant), engine, group, place);

    /// <summary>Deletes the results of all attempts but one; 0 is none.</summary>
    public static void ForgetResults(this SqliteSession session, string sessionId, int but)
    {
        foreach (var list in session.ReadAll("SELECT list FROM result_lists WHERE session = $1 AND epoch <> $2", [sessionId, but], row => row.GetInt64(0)))
        {
            session.Execute("DELETE FROM results WHERE list = $1", list);
            session.Execute("DELETE FROM result_producers WHERE list = $1", list);
            session.Execute("DELETE FROM result_lists WHERE list = $1", list);
        }
    }
}
