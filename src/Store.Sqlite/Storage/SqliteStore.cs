using System.Collections.Concurrent;
using System.Diagnostics;
using BlueEdge.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>The embedded mode's store: one SQLite file, with one writer and some readers, all in this process.</summary>
public sealed class SqliteStore : IDisposable
{
    /// <summary>Readers at once; more would only wait for each other's pages.</summary>
    private const int Readers = 4;

    /// <summary>Files up to this size are looked through at the start, in bytes: that takes less than half a second.</summary>
    private const long LargestChecked = 64 * 1024 * 1024;

    private const int ProbeBytes = 64 * 1024;

    private static readonly string[] ReaderSettings = ["PRAGMA busy_timeout = 5000", "PRAGMA cache_size = -2000", "PRAGMA query_only = 1"];

    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly SemaphoreSlim _reading = new(Readers);
    private readonly ConcurrentBag<SqliteSession> _readers = [];

    private bool _isClosed;

    private SqliteStore(string path, SqliteSession writer, SqliteSession log) => (_path, _writer) = (path, new(path, writer, new(path, log)));

    /// <summary>Told how long each answer takes; <see langword="null"/> where nobody measures.</summary>
    internal Action<TimeSpan, Exception?>? Answered { get; set; }

    /// <summary>Why nothing could be written last, or <see langword="null"/>.</summary>
    public StoreUnavailableException? Failure => _writer.Failure;

    /// <summary>Opens the file, or makes it; only this user may read it.</summary>
    /// <exception cref="BlueEdgeException">It cannot be used; the message says why and what to do.</exception>
    public static SqliteStore Open(string path, StoreDurability durability)
    {
        try
        {
            StoreFiles.Protect(path);
            var session = SqliteSession.Open(
                path,
                SqliteOpenMode.ReadWriteCreate,
                "PRAGMA busy_timeout = 100",
                "PRAGMA auto_vacuum = INCREMENTAL",
                "PRAGMA journal_mode = WAL",
                Synchronous(durability),
                "PRAGMA wal_autocheckpoint = 0",
                "PRAGMA journal_size_limit = 16777216",
                "PRAGMA cache_size = -8000");
            try
            {
                Prepare(path, session);
                return new(path, session, SqliteSession.Open(path, SqliteOpenMode.ReadWrite, Synchronous(durability)));
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw new BlueEdgeException($"The embedded store {path} cannot be used: {error.Explain()}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BlueEdgeException(
                $"The embedded store {path} cannot be used: {error.Message} Have this user own it, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.", error);
        }
    }

    /// <summary>Runs an operation in a transaction of the writer; what it throws undoes it alone.</summary>
    /// <exception cref="StoreUnavailableException">The file takes no writes now.</exception>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> operation) => MeasureAsync(() => _writer.RunAsync(operation));

    /// <summary>Reads what is committed, on the caller's thread: to wake another takes longer than most reads.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read now.</exception>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> read) => MeasureAsync(() => ReadInTurnAsync(read));

    private async Task<T> MeasureAsync<T>(Func<Task<T>> call)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var result = await call();
            Answered?.Invoke(Stopwatch.GetElapsedTime(began), null);
            return result;
        }
        catch (BlueEdgeException error)
        {
            Answered?.Invoke(Stopwatch.GetElapsedTime(began), error);
            throw;
        }
    }

    private async Task<T> ReadInTurnAsync<T>(Func<SqliteSession, T> read)
    {
        await _reading.WaitAsync();
        try
        {
            return Read(read);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Writes as much as a session may need, and takes it back.</summary>
    /// <exception cref="StoreUnavailableException">The file takes no writes now.</exception>
    public async Task ProbeAsync()
    {
        await WriteAsync(session => session.Execute("INSERT OR REPLACE INTO probes (id, bytes) VALUES (0, randomblob($1))", ProbeBytes));
        await WriteAsync(session => session.Execute("DELETE FROM probes WHERE id = 0"));
    }

    /// <summary>Gives room that was freed back to the disk, a little at a time, where that is much of the file.</summary>
    /// <returns>Whether there may be more to give back.</returns>
    public Task<bool> ShrinkAsync() => WriteAsync(session =>
    {
        var (free, all) = (session.ReadNumber("PRAGMA freelist_count"), session.ReadNumber("PRAGMA page_count"));
        if (free < 4_096 || free < all / 4)
        {
            return false;
        }

        session.Read("PRAGMA incremental_vacuum(1024)", [], _ => true);
        return session.ReadNumber("PRAGMA freelist_count") < free;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
        {
            return;
        }

        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // Last, and alone: its end puts the log into the file.
        _writer.Dispose();
        _reading.Dispose();
    }

    private static string Synchronous(StoreDurability durability) =>
        durability is StoreDurability.Machine ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";

    private static void Prepare(string path, SqliteSession session)
    {
        var (application, version) = (session.ReadNumber("PRAGMA application_id"), session.ReadNumber("PRAGMA user_version"));
        if (application == 0 && session.ReadNumber("SELECT count(*) FROM sqlite_master") == 0)
        {
            session.ExecuteAll($"BEGIN IMMEDIATE; {SqliteSchema.Create} COMMIT;");
            return;
        }

        if (application != SqliteSchema.ApplicationId)
        {
            throw new BlueEdgeException($"The file {path} is a database of another program. Set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.");
        }

        if (SqliteSchema.From(version) is { } lacking)
        {
            session.ExecuteAll($"BEGIN IMMEDIATE; {lacking} COMMIT;");
        }
        else if (version != SqliteSchema.Version)
        {
            throw new BlueEdgeException(
                $"The embedded store {path} is of version {version}, and this program knows version {SqliteSchema.Version}. Start the program that wrote it, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.");
        }

        if (new FileInfo(path).Length <= LargestChecked && session.ReadValue("PRAGMA quick_check(1)") is not "ok")
        {
            throw new SqliteException("The check of the file found damage.", 11);
        }
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        if (!_readers.TryTake(out var reader))
        {
            try
            {
                reader = SqliteSession.Open(_path, SqliteOpenMode.ReadWrite, ReaderSettings);
            }
            catch (SqliteException error)
            {
                throw error.Translate(_path);
            }
        }

        try
        {
            var result = read(reader);
            _readers.Add(reader);
            return result;
        }
        catch (SqliteException error)
        {
            // The next one begins with a connection of its own.
            reader.Dispose();
            throw error.Translate(_path);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
