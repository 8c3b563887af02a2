using BlueEdge.Grains.Engines;
using Orleans.Runtime.Placement;

namespace BlueEdge.Grains.Placement;

/// <summary>Places an engine instance on its own silo, or says that it is lost.</summary>
internal sealed class PinnedToSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = EngineInstanceKey.Parse(target.GrainIdentity.Key.ToString()!); // A grain key always has a text.
        return Array.Exists(context.GetCompatibleSilos(target), silo => silo.Equals(key.Silo))
            ? Task.FromResult(key.Silo)
            : throw new SiloUnavailableException($"Engine instance {key} is lost: its silo is gone. Its sessions fail, or run again where their spec says retry.");
    }
}
