namespace BlueEdge.Storage;

/// <summary>The barrier of a store that answers no write before it is safe, such as redis-server with its append-only file.</summary>
internal sealed class AnsweredIsDurable : IDurabilityBarrier
{
    public ValueTask ReachAsync() => ValueTask.CompletedTask;
}
