using System.Reflection;

namespace Streaming.Kafka;

/// <summary>Stands in for a client that nothing here can bring to give up when it is wanted: it tells that it was disposed.</summary>
public class DisposalProxy : DispatchProxy
{
    public TaskCompletionSource Disposed { get; } = new();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Assert.Equal(nameof(IDisposable.Dispose), targetMethod?.Name);
        Disposed.SetResult();
        return null;
    }
}
