using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>A connection to the store's file with its prepared statements, for one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a statement waits for somebody else who holds the file, in seconds.</summary>
    private const int Patience = 5;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Whether no transaction is open: SQLite ends one by itself where it cannot go on.</summary>
    public bool IsIdle => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    /// <summary>How many pages transactions have written since this was asked last.</summary>
    public int TakeWrittenPages()
    {
        const int Written = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        return SQLitePCL.raw.sqlite3_db_status(_connection.Handle, Written, out var pages, out _, resetFlg: 1) == SQLitePCL.raw.SQLITE_OK ? pages : 0;
    }

    public static SqliteSession Open(string path, SqliteOpenMode mode, params ReadOnlySpan<string> settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = Patience }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            foreach (var setting in settings)
            {
                session.ReadValue(setting);
            }

            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement, and answers with the number of rows that it changed.</summary>
    public int Execute(string statement, params ReadOnlySpan<object?> values) => Prepare(statement, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or <see langword="null"/>.</summary>
    public object? ReadValue(string statement, params ReadOnlySpan<object?> values) => Prepare(statement, values).ExecuteScalar();

    public long ReadNumber(string statement, params ReadOnlySpan<object?> values) =>
        Convert.ToInt64(ReadValue(statement, values), CultureInfo.InvariantCulture);

    /// <summary>Reads rows as long as <paramref name="read"/> wants more.</summary>
    public void Read(string statement, ReadOnlySpan<object?> values, Func<SqliteDataReader, bool> read)
    {
        using var rows = Prepare(statement, values).ExecuteReader();
        while (rows.Read() && read(rows))
        {
        }
    }

    public List<T> ReadAll<T>(string statement, ReadOnlySpan<object?> values, Func<SqliteDataReader, T> read)
    {
        List<T> all = [];
        Read(statement, values, row =>
        {
            all.Add(read(row));
            return true;
        });
        return all;
    }

    /// <summary>Runs several statements that are not worth keeping.</summary>
    public void ExecuteAll(string statements)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Nothing in it comes from outside.
        command.CommandText = statements;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string statement, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants; what comes from outside is a parameter.
            command.CommandText = statement;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
            }

            _commands.Add(statement, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
