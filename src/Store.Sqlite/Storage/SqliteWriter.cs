using BlueEdge.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>
/// Writes one transaction at a time: operations that come while one is under way share the next. Each is in it wholly or not at
/// all, and is answered once it is committed.
/// </summary>
/// <remarks>Who finds nobody writing writes himself, on his own thread: a commit takes less time than to wake another.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    private const int LargestGroup = 256;

    private readonly Lock _lock = new();
    private readonly Queue<SqliteOperation> _waiting = [];
    private readonly SqliteSession _session;
    private readonly SqliteLog _log;
    private readonly string _path;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StoreUnavailableException? _failure;
    private bool _isWriting;
    private bool _isClosed;

    public SqliteWriter(string path, SqliteSession session, SqliteLog log) => (_path, _session, _log) = (path, session, log);

    /// <summary>Why the last transaction could not be written, or <see langword="null"/> where it was.</summary>
    public StoreUnavailableException? Failure => _failure;

    /// <summary>Runs an operation in a transaction; what it throws undoes it alone.</summary>
    /// <exception cref="StoreUnavailableException">The file takes no writes now.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> run)
    {
        var operation = new SqliteOperation<T>(run);
        lock (_lock)
        {
            if (_isClosed)
            {
                return Task.FromException<T>(new StoreUnavailableException("The embedded store is closed: the process stops. Call again once it runs."));
            }

            _waiting.Enqueue(operation);
            if (_isWriting)
            {
                return operation.Task;
            }

            _isWriting = true;
        }

        WriteGroup();
        return operation.Task;
    }

    /// <summary>Waits for what came so far, and closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (!_isWriting)
            {
                _idle.TrySetResult();
            }
        }

        ((IAsyncResult)_idle.Task).AsyncWaitHandle.WaitOne();
        _log.Dispose();
        _session.Dispose();
    }

    private void WriteGroup()
    {
        List<SqliteOperation> group = [];
        lock (_lock)
        {
            while (group.Count < LargestGroup && _waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }
        }

        if (!TryCommit(group) && group.Count > 1)
        {
            // One that is too large for what room there is must not keep the others out.
            foreach (var operation in group)
            {
                TryCommit([operation]);
            }
        }

        group.ForEach(operation => operation.Answer());
        _log.Bound(_session);
        HandOver();
    }

    /// <summary>Whoever wrote goes on with his own work; another thread writes what has come meanwhile.</summary>
    private void HandOver()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                if (_isClosed)
                {
                    _idle.TrySetResult();
                }

                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.WriteGroup(), this, preferLocal: false);
    }

    /// <summary>Runs operations in one transaction. Those that fail by themselves are answered so; false where none could be written.</summary>
    private bool TryCommit(List<SqliteOperation> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var operation in group)
            {
                Run(operation);
            }

            _session.Execute("COMMIT");
            _failure = null;
            group.ForEach(operation => operation.Commit());
            return true;
        }
        catch (Exception error)
        {
            // Whatever it is, nobody may be left waiting.
            var failure = error is SqliteException sqlite
                ? sqlite.Translate(_path)
                : new StoreUnavailableException($"The embedded store {_path} failed: {error.Message} Restart the process.", error);
            _failure = failure;
            group.ForEach(operation => operation.Refuse(failure));
            Undo();
            return false;
        }
    }

    private void Run(SqliteOperation operation)
    {
        _session.Execute("SAVEPOINT operation");
        try
        {
            operation.Run(_session);
        }
        catch (Exception error) when (error is not SqliteException sqlite || !sqlite.IsOfTheStore())
        {
            operation.Fail(error);
            _session.Execute("ROLLBACK TO operation");
        }

        _session.Execute("RELEASE operation");
    }

    private void Undo()
    {
        try
        {
            if (!_session.IsIdle)
            {
                _session.Execute("ROLLBACK");
            }
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            // SQLite had ended it by itself.
        }
    }
}
