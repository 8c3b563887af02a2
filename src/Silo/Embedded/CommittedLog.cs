using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>
/// The barrier of the embedded store: its log is written to the file. All that wait while one commit is under way share the
/// next.
/// </summary>
internal sealed class CommittedLog(IConnectionMultiplexer store) : IDurabilityBarrier
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    public ValueTask ReachAsync()
    {
        lock (_lock)
        {
            return new(_next ??= CommitAfterAsync(_running));
        }
    }

    private async Task CommitAfterAsync(Task running)
    {
        // Leaves the caller's lock first: what follows takes it again.
        await Task.Yield();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task commit;
        lock (_lock)
        {
            // Whoever comes from here on may have written after this commit began.
            _next = null;
            _running = commit = store.GetDatabase().ExecuteAsync("COMMITAOF");
        }

        await commit;
    }
}
