namespace BlueEdge.Grains.Storage;

/// <summary>
/// A grain's persisted state, changed by pure functions: changes that come while a write is under way share the next one.
/// </summary>
/// <remarks>
/// Made for interleaving grains, and used on one grain's scheduler only. <see cref="Current"/> never runs ahead of storage.
/// Nothing is read before the first change asks for it. After a failed write nobody knows what storage holds, so the state is
/// read again before the next one.
/// </remarks>
/// <param name="storage">Where the state is kept.</param>
/// <param name="none">The state of what was never stored.</param>
/// <param name="stored">Hears of each write once, however many changes shared it: of the state before, and of what is stored now.</param>
internal sealed class GroupCommit<TState>(IStateStorage<TState> storage, TState none, Action<TState, TState>? stored = null)
    where TState : class
{
    private List<Change> _waiting = [];
    private bool _writing;

    /// <summary>The state as it is stored, once it is known.</summary>
    public TState Current { get; private set; } = none;

    /// <summary>Whether the state was read, or taken for new.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Takes it that nothing is stored yet, which saves reading it: the first write fails where that is wrong.</summary>
    public void AssumeNew() => IsKnown = true;

    /// <summary>Somebody else may have written since: the state is read again before the next change.</summary>
    public void Doubt() => IsKnown = false;

    /// <summary>Reads the state unless it is known.</summary>
    public Task LoadAsync() => IsKnown ? Task.CompletedTask : ApplyAsync(state => state);

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
                IsKnown = false;
                group.ForEach(change => change.Applied.SetException(error));
            }
        }

        _writing = false;
    }

    private async Task WriteAsync(List<Change> group)
    {
        if (!IsKnown)
        {
            Current = await storage.ReadAsync();
            IsKnown = true;
        }

        var next = group.Aggregate(Current, (state, change) => change.Apply(state));
        if (!ReferenceEquals(next, Current))
        {
            var before = Current;
            Current = await storage.WriteAsync(before, next);
            stored?.Invoke(before, Current);
        }
    }

    private sealed record Change(Func<TState, TState> Apply)
    {
        public TaskCompletionSource<TState> Applied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
