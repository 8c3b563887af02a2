using System.Collections.Immutable;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Engines;

/// <summary>The definitions of all engines that ever joined or were registered.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-catalog")]
public sealed record EngineCatalog
{
    /// <summary>Grows with each change; 0 for none.</summary>
    [Id(0)]
    public long Version { get; init; }

    /// <summary>By engine id.</summary>
    [Id(1)]
    public ImmutableDictionary<string, EngineDefinition> Engines { get; init; } =
        ImmutableDictionary.Create<string, EngineDefinition>(StringComparer.Ordinal);
}
