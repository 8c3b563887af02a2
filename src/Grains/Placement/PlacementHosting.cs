using BlueEdge.Engines;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace BlueEdge.Grains.Placement;

/// <summary>Has a silo know where engines and their instances live, though it may have none, and forget where other grains lived.</summary>
public static class PlacementHosting
{
    /// <summary>
    /// Orleans remembers where grains lived that are long gone, a million of them by default, each some 300 bytes that every
    /// collection has to move first. What is called again lives now; of that this is enough for a process.
    /// </summary>
    private const int RememberedPlaces = 16_384;

    /// <summary>Adds the placement of engines and their instances; every silo of a cluster has it.</summary>
    public static ISiloBuilder AddEnginePlacement(this ISiloBuilder silo)
    {
        silo.Services.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = RememberedPlaces);
        silo.Services.AddPlacementDirector<PinnedToSilo, PinnedToSiloDirector>();
        return silo.AddGrainDirectory(EngineGrain.Directory, (_, _) => new InProcessGrainDirectory());
    }
}
