using BlueEdge.Grains.Engines;

namespace BlueEdge.Grains.Channels;

/// <summary>Deliveries to one instance by calls of its grain. What fails is the writer's to begin again.</summary>
internal sealed class InstanceRoute(IEngineInstanceGrain instance) : IChannelRoute
{
    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken) =>
        await instance.DeliverAsync(delivery, CancellationToken.None).WaitAsync(cancellationToken);
}
