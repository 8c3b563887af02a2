using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Engines;

/// <summary>
/// One engine instance, keyed by <see cref="EngineInstanceKey"/> and pinned to its silo. A call fails with
/// <see cref="Orleans.Runtime.OrleansException"/> where the silo is gone; it is never started elsewhere.
/// </summary>
[Alias("blueedge.engine-instance")]
public interface IEngineInstanceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Runs a node's attempt in a slot. Answers Ready where the engine was prepared within about 2 seconds, else Preparing,
    /// and Ready or Failed comes as a report to the sub-session. Starting the same attempt again answers where it stands.
    /// </summary>
    [Alias("start"), AlwaysInterleave]
    Task<SubSessionReport> StartAsync(SubSessionStart start, CancellationToken cancellationToken);

    /// <summary>Takes items for a sub-session that runs here: puts them into its inbox and answers.</summary>
    [Alias("deliver"), AlwaysInterleave]
    Task<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Cancels a sub-session: its token fires at once; what has not ended after the grace period is cut off.</summary>
    [Alias("stop"), AlwaysInterleave]
    Task StopAsync(SubSessionKey key, int epoch, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels a sub-session whose session goes on without it: as <see cref="StopAsync"/>, and its readers get what it has written
    /// and hear that it was all before its end is reported.
    /// </summary>
    [Alias("stop-alone"), AlwaysInterleave]
    Task StopAloneAsync(SubSessionKey key, int epoch, string reason, CancellationToken cancellationToken);

    /// <summary>Has a sub-session send what it writes to a channel to those who listen, and says from where on. The same order changes nothing more.</summary>
    [Alias("tap"), AlwaysInterleave]
    Task<TapPlace> TapAsync(TapOrder order, CancellationToken cancellationToken);
}
