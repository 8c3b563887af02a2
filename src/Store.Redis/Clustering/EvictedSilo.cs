using BlueEdge.Clustering;

namespace BlueEdge.Store.Redis.Clustering;

/// <summary>
/// What a silo does that may be none any more, above all one that hung, was declared dead and goes on: its process begins anew.
/// </summary>
internal sealed class EvictedSilo : IFatalErrorHandler
{
    /// <summary>Orleans tells the whole membership.</summary>
    private const int LongestSaid = 160;
    private readonly Lock _lock = new();

    public bool IsUnexpected(Exception exception) => exception is not (ThreadAbortException or OperationCanceledException);

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // At once, for until then it does what it should not; who comes second waits for that.
        lock (_lock)
        {
            // A logger would write it a moment later, when this program is no more.
            Console.Error.WriteLine($"This silo cannot go on, and its process begins anew: {(context is { Length: > LongestSaid } ? context[..LongestSaid] : context)}");
            ProcessAnew.Begin();
            Environment.FailFast($"This silo cannot go on ({context}), nor begin anew.", exception);
        }
    }
}
