using BlueEdge.Callers;
using BlueEdge.Channels.Inputs;
using BlueEdge.Results;
using Orleans.Concurrency;

namespace BlueEdge.Channels.Taps;

/// <summary>
/// What engines write to a channel that is not kept, for those who listen to it while its session runs; keyed by the text of its
/// <see cref="ChannelKey"/>. It has the newest items only, and says how many it has no more. To callers of another tenant than the
/// session's (<see cref="Caller.Current"/> where the call is made) it is unknown, as are channels that are kept and those that clients write.
/// </summary>
[Alias("blueedge.channel-tap")]
public interface IChannelTapGrain : IGrainWithStringKey
{
    /// <summary>Reads on, and waits for the next item where there is none yet; <see langword="null"/> where there is no such channel.</summary>
    /// <param name="epoch">The attempt that the caller is in; 0 where it has had nothing.</param>
    /// <param name="offset">The place of the item that it wants next.</param>
    /// <param name="atMost">How long to wait; at most 20 s a call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("follow"), AlwaysInterleave]
    Task<ResultBatch?> FollowAsync(int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Reads one item; <see langword="null"/> where it is not there, or no more.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<Payload?> ReadAsync(int epoch, long offset, CancellationToken cancellationToken);
}
