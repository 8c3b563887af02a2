namespace BlueEdge.Channels;

/// <summary>How deliveries get from a writer's process to the reader's.</summary>
internal interface IChannelTransport
{
    /// <summary>
    /// Brings a delivery to the instance that runs its reader, and the reader's answer back. Tries again what fails in
    /// passing: readers drop what they have seen. One without items is answered once there is room, or after some seconds.
    /// </summary>
    /// <exception cref="OperationCanceledException">The writer was stopped.</exception>
    ValueTask<DeliveryReply> DeliverAsync(string instance, ChannelDelivery delivery, CancellationToken cancellationToken);
}
