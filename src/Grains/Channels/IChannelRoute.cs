namespace BlueEdge.Grains.Channels;

/// <summary>The way of one writer's items to one reader. It takes one delivery at a time.</summary>
public interface IChannelRoute
{
    /// <summary>
    /// Brings a delivery on its way for good, and answers how far it was taken and how much may follow. One without items is
    /// answered once there is room, or after some seconds. What fails in passing is tried again, by the route or by a writer that
    /// begins anew: readers drop what they have seen.
    /// </summary>
    /// <exception cref="OperationCanceledException">The writer was stopped.</exception>
    ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken);
}
