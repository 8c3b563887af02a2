using BlueEdge.Calls;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>Deliveries to those who listen to a channel, by calls over any transport: they ask nobody to wait. What fails is the link's to try again.</summary>
/// <param name="tap">Where they go.</param>
/// <param name="grains">Finds the grain.</param>
public sealed class TapRoute(ChannelEnd tap, IGrainFactory grains) : IChannelRoute
{
    /// <inheritdoc/>
    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken) =>
        await grains.Find<ITapIntake>(tap.Address).TakeAsync(delivery, CancellationToken.None).WaitAsync(cancellationToken);
}
