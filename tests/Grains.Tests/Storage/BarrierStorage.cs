using BlueEdge.Grains.Storage;

namespace BlueEdge.Grains.Tests.Storage;

/// <summary>A stand-in for the store whose writes end when the test says so.</summary>
internal sealed class BarrierStorage<T>(T initial) : IStateStorage<T>
    where T : class
{
    private readonly Queue<TaskCompletionSource> _writes = new();

    public T Stored { get; set; } = initial;

    public int Reads { get; private set; }

    public List<T> Written { get; } = [];

    public void Complete()
    {
        Stored = Written[^1];
        _writes.Dequeue().SetResult();
    }

    public void Fail(Exception error) => _writes.Dequeue().SetException(error);

    public Task<T> ReadAsync()
    {
        Reads++;
        return Task.FromResult(Stored);
    }

    public async Task<T> WriteAsync(T before, T after)
    {
        Written.Add(after);
        _writes.Enqueue(new());
        await _writes.Peek().Task;
        return after;
    }
}
