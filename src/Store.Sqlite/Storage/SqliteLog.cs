using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>
/// Keeps SQLite's log short. What it holds is put into the file on a thread and a connection of its own, for that waits for the
/// disk, while writers write on; then SQLite begins the log anew.
/// </summary>
internal sealed class SqliteLog(string path, SqliteSession session) : IDisposable
{
    /// <summary>Pages that are written between two checkpoints: 8 MB.</summary>
    private const int PagesBetween = 2_048;

    /// <summary>Readers and constant writers keep SQLite from beginning its log anew; beyond this size, in bytes, writers wait for it.</summary>
    private const long Largest = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private long _largest = Largest;
    private int _pages;
    private int _isRunning;

    /// <summary>Called after each transaction by the one who wrote it.</summary>
    public void Bound(SqliteSession writer)
    {
        _pages += writer.TakeWrittenPages();
        if (_pages < PagesBetween)
        {
            return;
        }

        _pages = 0;
        if (Size() > _largest)
        {
            Checkpoint(writer, "PRAGMA wal_checkpoint(TRUNCATE)");

            // Where somebody outside reads for long it is tried again when the log has grown as much again.
            var size = Size();
            _largest = Largest + (size > Largest ? size : 0);
        }
        else if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static log => log.Run(), this, preferLocal: false);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            session.Dispose();
        }
    }

    private static void Checkpoint(SqliteSession on, string statement)
    {
        try
        {
            on.ReadValue(statement);
        }
        catch (Exception error) when (error is SqliteException or ObjectDisposedException or InvalidOperationException)
        {
            // The disk is full, perhaps, or the store is closed: what is in the log is safe there.
        }
    }

    private void Run()
    {
        lock (_lock)
        {
            Checkpoint(session, "PRAGMA wal_checkpoint(PASSIVE)");
        }

        Volatile.Write(ref _isRunning, 0);
    }

    private long Size() => new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0;
}
