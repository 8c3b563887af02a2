using System.Collections.Concurrent;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>The scripts of the tests that run, by session.</summary>
public sealed class Scripts
{
    private static readonly DirectedScript Nothing = new();
    private readonly ConcurrentDictionary<string, DirectedScript> _scripts = new();

    public void Add(string sessionId, DirectedScript script) => _scripts[sessionId] = script;

    public DirectedScript Find(string sessionId) => _scripts.GetValueOrDefault(sessionId, Nothing);
}
