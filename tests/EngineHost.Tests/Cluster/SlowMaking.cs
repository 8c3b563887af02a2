namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Holds up the making of a <see cref="SlowlyMadeEngine"/>.</summary>
public sealed class SlowMaking : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public void Wait()
    {
        _begun.TrySetResult();
        _release.Wait(CancellationToken.None);
    }

    public void Release() => _release.Set();

    public void Dispose() => _release.Dispose();
}
