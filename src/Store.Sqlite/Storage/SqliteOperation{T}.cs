using BlueEdge.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <inheritdoc/>
internal sealed class SqliteOperation<T>(Func<SqliteSession, T> run) : SqliteOperation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _error;
    private StoreUnavailableException? _failure;

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
