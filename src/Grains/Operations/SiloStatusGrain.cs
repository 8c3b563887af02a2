using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Placement;
using BlueEdge.Grains.Webhooks;
using Orleans.Placement;

namespace BlueEdge.Grains.Operations;

/// <summary>Tells what its silo knows.</summary>
[GrainType("silo-status"), PinnedToSilo, Immovable]
internal sealed class SiloStatusGrain(WebhookMetrics webhooks) : Grain, ISiloStatusGrain
{
    /// <summary>The key of a silo's.</summary>
    public static string KeyOf(SiloAddress silo) => new EngineInstanceKey("status", silo).ToString();

    public Task<long> CountWebhooksBehindAsync(CancellationToken cancellationToken) => Task.FromResult(webhooks.CountBehind);
}
