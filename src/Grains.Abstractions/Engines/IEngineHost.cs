namespace BlueEdge.Engines;

/// <summary>What runs engines, as an engine that implements <see cref="IEngineGrain"/> itself sees it.</summary>
public interface IEngineHost
{
    /// <summary>The run that an engine grain was activated for.</summary>
    /// <param name="key">The grain's own key.</param>
    /// <exception cref="BlueEdgeException">No run has this key: it is over, or was never here.</exception>
    IEngineRun Attach(string key);
}
