using System.Collections.Concurrent;

namespace BlueEdge.EngineHost.Engines;

/// <summary>The engine instances of this process, by their keys.</summary>
internal sealed class EngineInstances
{
    private readonly ConcurrentDictionary<string, EngineInstance> _instances = new(StringComparer.Ordinal);

    public IEnumerable<EngineInstance> All => _instances.Values;

    public EngineInstance? Find(string key) => _instances.GetValueOrDefault(key);

    public void Add(EngineInstance instance) => _instances[instance.Key] = instance;
}
