using Orleans.Concurrency;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>What writers send to those who listen to a channel.</summary>
[Alias("blueedge.tap-intake")]
public interface ITapIntake : IGrainWithStringKey
{
    /// <summary>
    /// Takes items, once all writers are known; one without any only has them asked. It may be repeated. Whoever is told that the tap
    /// is gone sends no more.
    /// </summary>
    [Alias("take"), AlwaysInterleave]
    Task<DeliveryReply> TakeAsync(ChannelDelivery delivery, CancellationToken cancellationToken);
}
