namespace BlueEdge.Storage;

/// <summary>
/// A grain's persisted state, changed by pure functions: changes that come while a write is under way share the next one.
/// </summary>
/// <remarks>
/// Made for interleaving grains once their state is loaded, and used on one grain's scheduler only.
/// <see cref="Current"/> never runs ahead of storage. After a failed write nobody knows what storage holds, so the
/// state is read again before the next one.
/// </remarks>
internal sealed class GroupCommit<TState>(IPersistentState<TState> storage)
    where TState : class
{
    private List<Change> _waiting = [];
    private bool _writing;
    private bool _stale;

    /// <summary>The state as it is stored.</summary>
    public TState Current { get; private set; } = storage.State;

    /// <summary>
    /// Applies a change, and returns the stored state once it holds the change. A change that returns its argument writes
    /// nothing. Throws what storage threw; the change is then not applied and may be tried again.
    /// </summary>
    public Task<TState> ApplyAsync(Func<TState, TState> change)
    {
        var waiting = new Change(change);
        _waiting.Add(waiting);
        if (!_writing)
        {
            _writing = true;
            _ = WriteAllAsync();
        }

        return waiting.Applied.Task;
    }

    private async Task WriteAllAsync()
    {
        while (_waiting.Count > 0)
        {
            var group = _waiting;
            _waiting = [];
            try
            {
                await WriteAsync(group);
                group.ForEach(change => change.Applied.SetResult(Current));
            }
            catch (Exception error)
            {
                _stale = true;
                storage.State = Current;
                group.ForEach(change => change.Applied.SetException(error));
            }
        }

        _writing = false;
    }

    private async Task WriteAsync(List<Change> group)
    {
        if (_stale)
        {
            await storage.ReadStateAsync();
            Current = storage.State;
            _stale = false;
        }

        var next = group.Aggregate(Current, (state, change) => change.Apply(state));
        if (!ReferenceEquals(next, Current))
        {
            storage.State = next;
            await storage.WriteStateAsync();
            Current = next;
        }
    }

    private sealed record Change(Func<TState, TState> Apply)
    {
        public TaskCompletionSource<TState> Applied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
