using BlueEdge.Engines;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Channels.Direct;

/// <summary>Deliveries as grain calls from instance to instance, and as plain calls within a process.</summary>
internal sealed class DirectTransport(
    EngineInstances instances, IGrainFactory grains, TimeProvider clock, ILogger<DirectRoute> logger) : IChannelTransport
{
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(string instance) => new DirectRoute(instance, instances.Find(instance), grains, clock, logger);
}
