using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Storage;

/// <summary>
/// The one writer: operations that come while a transaction is under way share the next one. Each is in it wholly or not at all,
/// and is answered once it is committed.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int LargestGroup = 256;

    /// <summary>Readers keep SQLite from beginning its log anew; beyond this size the writer waits for them, in bytes.</summary>
    private const long LargestLog = 32 * 1024 * 1024;

    private readonly BlockingCollection<Operation> _waiting = [];
    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly Thread _thread;
    private volatile StoreUnavailableException? _failure;
    private long _largestLog = LargestLog;

    public SqliteWriter(string path, SqliteSession session)
    {
        (_path, _session) = (path, session);
        _thread = new(RunAll) { Name = "BlueEdge store", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Why the last transaction could not be written, or <see langword="null"/> where it was.</summary>
    public StoreUnavailableException? Failure => _failure;

    /// <summary>Runs an operation on the writer's thread; what it throws undoes it alone.</summary>
    /// <exception cref="StoreUnavailableException">The file takes no writes now.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> run)
    {
        var operation = new Operation<T>(run);
        try
        {
            _waiting.Add(operation);
        }
        catch (InvalidOperationException error)
        {
            return Task.FromException<T>(new StoreUnavailableException("The embedded store is closed: the process stops. Call again once it runs.", error));
        }

        return operation.Task;
    }

    /// <summary>Writes what came so far, and closes the file.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _session.Dispose();
        _waiting.Dispose();
    }

    private void RunAll()
    {
        List<Operation> group = [];
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < LargestGroup && _waiting.TryTake(out var next))
            {
                group.Add(next);
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
            group.Clear();
            BoundLog();
        }
    }

    /// <summary>Runs operations in one transaction. Those that fail by themselves are answered so; false where none could be written.</summary>
    private bool TryCommit(List<Operation> group)
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
        catch (SqliteException error)
        {
            var failure = error.Translate(_path);
            _failure = failure;
            group.ForEach(operation => operation.Refuse(failure));
            Undo();
            return false;
        }
    }

    private void Run(Operation operation)
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
        catch (SqliteException)
        {
            // SQLite had ended it by itself.
        }
    }

    /// <summary>Has SQLite put the log's content into the file and begin it anew, where readers have kept it from that.</summary>
    private void BoundLog()
    {
        var log = new FileInfo(_path + "-wal");
        if (!log.Exists || log.Length <= _largestLog)
        {
            return;
        }

        try
        {
            _session.ReadValue("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The disk is full, perhaps.
        }

        // Where somebody outside reads for long it is tried again when that has cost as much again, not with each transaction.
        log.Refresh();
        _largestLog = LargestLog + (log.Exists && log.Length > LargestLog ? log.Length : 0);
    }

    private abstract class Operation
    {
        public abstract void Run(SqliteSession session);

        public abstract void Fail(Exception error);

        public abstract void Commit();

        public abstract void Refuse(StoreUnavailableException failure);

        public abstract void Answer();
    }

    private sealed class Operation<T>(Func<SqliteSession, T> run) : Operation
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;
        private Exception? _failure;

        public Task<T> Task => _done.Task;

        public override void Run(SqliteSession session)
        {
            _error = null;
            _result = run(session);
        }

        public override void Fail(Exception error) =>
            _error = error is SqliteException ? new BlueEdgeException($"The embedded store refused a statement: {error.Message}", error) : error;

        public override void Commit() => _failure = null;

        public override void Refuse(StoreUnavailableException failure) => _failure = failure;

        public override void Answer()
        {
            if ((_failure ?? _error) is { } error)
            {
                _done.SetException(error);
            }
            else
            {
                _done.SetResult(_result!); // It was run.
            }
        }
    }
}
