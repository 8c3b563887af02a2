namespace BlueEdge.Storage;

/// <summary>A stand-in for grain storage whose writes end when the test says so.</summary>
internal sealed class BarrierStorage<T>(T initial) : IPersistentState<T>
{
    private readonly Queue<TaskCompletionSource> _writes = new();

    public T State { get; set; } = initial;

    public T Stored { get; set; } = initial;

    public List<T> Written { get; } = [];

    public string? Etag => null;

    public bool RecordExists => true;

    public void Complete()
    {
        Stored = Written[^1];
        _writes.Dequeue().SetResult();
    }

    public void Fail(Exception error) => _writes.Dequeue().SetException(error);

    public Task ReadStateAsync()
    {
        State = Stored;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync()
    {
        Written.Add(State);
        _writes.Enqueue(new());
        return _writes.Peek().Task;
    }

    public Task ClearStateAsync() => throw new NotSupportedException("No test clears state.");

    public Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();

    public Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    public Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();
}
