using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Engines;

/// <summary>An engine that this process runs.</summary>
/// <param name="Class">The author's grain class.</param>
/// <param name="Definition">What it declares.</param>
public sealed record EngineRegistration(Type Class, EngineDefinition Definition);
