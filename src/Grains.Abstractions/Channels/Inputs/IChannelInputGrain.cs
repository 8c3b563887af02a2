using BlueEdge.Callers;
using Orleans.Concurrency;

namespace BlueEdge.Channels.Inputs;

/// <summary>
/// A channel that clients write while its session runs, keyed by the text of its <see cref="ChannelKey"/>. To callers of another
/// tenant than the session's (<see cref="Caller.Current"/> where the call is made) it is unknown.
/// </summary>
[Alias("blueedge.channel-input")]
public interface IChannelInputGrain : IGrainWithStringKey
{
    /// <summary>Reads where it stands; <see langword="null"/> where there is no such channel, or clients do not write it.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<InputSnapshot?> FindAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a run of items, of which all or none are taken; what is taken is durable. It may be repeated: items that the channel
    /// has of this writer, by their numbers, are not written again. Items that come before the engines are ready wait for them.
    /// </summary>
    [Alias("write"), AlwaysInterleave]
    Task<InputReply> WriteAsync(InputWrite write, CancellationToken cancellationToken);
}
