using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Channels.Direct;

/// <summary>Deliveries as grain calls from instance to instance, and as plain calls within a process.</summary>
internal sealed class DirectTransport(
    EngineInstances instances, IGrainFactory grains, TimeProvider clock, ILogger<DirectRoute> logger) : IChannelTransport
{
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => reader.Kind is ChannelEndKind.Tap
        ? new TapRoute(reader, grains)
        : new DirectRoute(reader.Instance, instances.Find(reader.Instance), grains, clock, logger);
}
