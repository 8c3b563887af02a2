using System.Collections.Concurrent;
using Orleans.GrainDirectory;

namespace BlueEdge.Grains.Placement;

/// <summary>
/// The directory of grains whose place is known without one: engines live where they are begun, and what is pinned to a silo
/// where its key says. Nobody else need be asked, or told, when one comes or goes.
/// </summary>
internal sealed class InProcessGrainDirectory : IGrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _activations = new();

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_activations.GetValueOrDefault(grainId));

    public Task<GrainAddress?> Register(GrainAddress address) =>
        Task.FromResult<GrainAddress?>(_activations.GetOrAdd(address.GrainId, address));

    public Task Unregister(GrainAddress address)
    {
        if (_activations.TryGetValue(address.GrainId, out var present) && present.ActivationId == address.ActivationId)
        {
            _activations.TryRemove(new(address.GrainId, present));
        }

        return Task.CompletedTask;
    }

    /// <summary>Nothing: all activations are of this process.</summary>
    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
