using BlueEdge.Engines;
using Orleans.Runtime.Hosting;

namespace BlueEdge.Placement;

/// <summary>Has a silo know where engines and their instances live, though it may have none.</summary>
internal static class PlacementHosting
{
    public static ISiloBuilder AddEnginePlacement(this ISiloBuilder silo)
    {
        silo.Services.AddPlacementDirector<PinnedToSilo, PinnedToSiloDirector>();
        return silo.AddGrainDirectory(EngineGrain.Directory, (_, _) => new InProcessGrainDirectory());
    }
}
