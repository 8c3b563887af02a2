namespace BlueEdge.Storage;

/// <summary>
/// Stands between what the store has answered and what the world is told. A store may answer writes a moment before they
/// are safe from a crash of its process, in the order of its log; nothing is told to a caller before the barrier is reached.
/// </summary>
internal interface IDurabilityBarrier
{
    /// <summary>Returns once every write that the store has answered so far outlives the store's process.</summary>
    ValueTask ReachAsync();
}
