namespace BlueEdge.Grains.Storage;

/// <summary>Where a <see cref="GroupCommit{TState}"/> keeps its state.</summary>
internal interface IStateStorage<TState>
    where TState : class
{
    /// <summary>What is stored, or what stands for nothing.</summary>
    Task<TState> ReadAsync();

    /// <summary>Stores a state in the place of the one that was read or written last, and returns it as it would be read; throws where another wrote since.</summary>
    Task<TState> WriteAsync(TState before, TState after);
}
