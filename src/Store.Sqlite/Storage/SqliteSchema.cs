using System.Globalization;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>What the file holds.</summary>
internal static class SqliteSchema
{
    /// <summary>Grows with every change of the tables; a file of another version is refused.</summary>
    public const long Version = 7;

    /// <summary>Marks the file as ours: "BlEd".</summary>
    public const long ApplicationId = 0x426C4564;

    private const string Events =
        "CREATE TABLE session_events (session TEXT NOT NULL, number INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY (session, number)) WITHOUT ROWID;";

    private const string GrainStates =
        "CREATE TABLE grain_states (grain TEXT NOT NULL, name TEXT NOT NULL, etag TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY (grain, name));";

    private const string GrainExpiry =
        "ALTER TABLE grain_states ADD COLUMN expires INTEGER; CREATE INDEX grain_states_by_expiry ON grain_states (expires) WHERE expires IS NOT NULL;";

    private const string Untold = "CREATE TABLE untold_sessions (session TEXT PRIMARY KEY) WITHOUT ROWID;";

    private const string SessionEngines =
        "CREATE TABLE session_engines (tenant TEXT NOT NULL, engine TEXT NOT NULL, status_group INTEGER NOT NULL, place TEXT NOT NULL, "
        + "PRIMARY KEY (tenant, engine, status_group, place)) WITHOUT ROWID;";

    private const string SessionsByGroup = "CREATE INDEX sessions_by_group ON sessions (tenant, status_group, place);";

    private const string Tenants =
        $"ALTER TABLE sessions ADD COLUMN tenant TEXT NOT NULL DEFAULT ''; DROP INDEX sessions_by_group; {SessionsByGroup} "
        + $"ALTER TABLE session_engines RENAME TO former_engines; {SessionEngines} "
        + "INSERT INTO session_engines SELECT '', engine, status_group, place FROM former_engines; DROP TABLE former_engines;";

    private const string InputLogs =
        "CREATE TABLE input_logs (log INTEGER PRIMARY KEY, session TEXT NOT NULL, channel TEXT NOT NULL, first INTEGER NOT NULL, "
        + "next INTEGER NOT NULL, ended INTEGER NOT NULL, UNIQUE (session, channel));";

    private const string InputRows = "CREATE TABLE input_rows (id INTEGER PRIMARY KEY, items BLOB NOT NULL);";

    private const string Inputs =
        $"{InputLogs} CREATE TABLE input_writers (log INTEGER NOT NULL, writer TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (log, writer)) WITHOUT ROWID; {InputRows}";

    /// <summary>Version 6 had a row for each item.</summary>
    private const string FormerInputs =
        "CREATE TABLE input_logs (log INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, channel TEXT NOT NULL, first INTEGER NOT NULL, "
        + "next INTEGER NOT NULL, ended INTEGER NOT NULL, UNIQUE (session, channel)); "
        + "CREATE TABLE input_writers (log INTEGER NOT NULL, writer TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (log, writer)) WITHOUT ROWID; "
        + "CREATE TABLE input_items (log INTEGER NOT NULL, number INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY (log, number)) WITHOUT ROWID;";

    private const string InputsByRow =
        $"ALTER TABLE input_logs RENAME TO former_logs; {InputLogs} INSERT INTO input_logs SELECT * FROM former_logs; DROP TABLE former_logs; {InputRows} "
        + "INSERT INTO input_rows SELECT (log << 35) + number, CAST(unhex(printf('%02x%02x%02x%02x', length(item) & 255, length(item) >> 8 & 255, length(item) >> 16 & 255, length(item) >> 24)) || item AS BLOB) "
        + "FROM input_items ORDER BY log, number; DROP TABLE input_items;";

    private const string Audit =
        "CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, record BLOB NOT NULL); CREATE INDEX audit_by_kind ON audit (kind, id);";

    /// <summary>What came with each version after the first.</summary>
    private static readonly string[] Steps = [Events, $"{Untold} {GrainStates}", GrainExpiry, Tenants, FormerInputs, $"{InputsByRow} {Audit}"];

    /// <summary>
    /// Times are ms of the Unix epoch; that of a session's submission is in its place. A session's epoch is the attempt that may write
    /// results, 0 once it has ended. The engines of a session are lines. The default tenant has no name.
    /// </summary>
    public static string Create { get; } = string.Create(CultureInfo.InvariantCulture,
        $"""
        CREATE TABLE sessions (id TEXT PRIMARY KEY, version INTEGER NOT NULL, epoch INTEGER NOT NULL, status_group INTEGER NOT NULL,
          place TEXT NOT NULL, expires INTEGER, state BLOB NOT NULL, tenant TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
        {SessionsByGroup}
        CREATE INDEX sessions_by_expiry ON sessions (expires) WHERE expires IS NOT NULL;
        CREATE TABLE session_specs (id TEXT PRIMARY KEY, engines TEXT NOT NULL, spec BLOB NOT NULL);
        {SessionEngines}

        {Events}
        {Untold}
        {GrainStates}
        {GrainExpiry}

        CREATE TABLE result_lists (list INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, epoch INTEGER NOT NULL, channel TEXT NOT NULL,
          next INTEGER NOT NULL, UNIQUE (session, epoch, channel));
        CREATE TABLE result_producers (list INTEGER NOT NULL, producer TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (list, producer)) WITHOUT ROWID;
        CREATE TABLE results (list INTEGER NOT NULL, number INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY (list, number)) WITHOUT ROWID;
        {Inputs}
        {Audit}
        CREATE TABLE dead_letters (session TEXT NOT NULL, node TEXT NOT NULL, letter BLOB NOT NULL, PRIMARY KEY (session, node));

        CREATE TABLE scheduler_tokens (domain TEXT PRIMARY KEY, token INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE scheduler_entries (domain TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
          PRIMARY KEY (domain, kind, name)) WITHOUT ROWID;
        CREATE TABLE scheduler_pending (domain TEXT NOT NULL, engine TEXT NOT NULL, member TEXT NOT NULL, rank INTEGER NOT NULL,
          PRIMARY KEY (domain, engine, member)) WITHOUT ROWID;

        CREATE TABLE reminders (grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL,
          etag TEXT NOT NULL, PRIMARY KEY (grain, name)) WITHOUT ROWID;
        CREATE INDEX reminders_by_hash ON reminders (hash);

        CREATE TABLE probes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """);

    /// <summary>What makes a file of a former version one of this version, or <see langword="null"/> where the version is not known.</summary>
    public static string? From(long version) => version is > 0 and < Version
        ? string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Steps[(int)(version - 1)..])} PRAGMA user_version = {Version};")
        : null;
}
