namespace BlueEdge.Engines;

/// <summary>
/// One sub-session of an engine: the class that an author writes, nearly always by deriving from
/// <see cref="EngineGrain"/>. One activation runs one attempt, on the silo of the instance that gave the slot.
/// </summary>
[Alias("blueedge.engine")]
public interface IEngineGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins the sub-session and returns without waiting for it: the grain attaches to its run by
    /// <see cref="IEngineHost.Attach"/> and works on it in the background, so that long work holds no grain call.
    /// </summary>
    [Alias("begin")]
    Task BeginAsync(CancellationToken cancellationToken);
}
