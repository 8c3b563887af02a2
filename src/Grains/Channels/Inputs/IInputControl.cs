using BlueEdge.Grains.Channels.Taps;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a session and those who listen tell a channel that clients write. Every call is idempotent.</summary>
[Alias("blueedge.input-control")]
public interface IInputControl : IGrainWithStringKey
{
    /// <summary>
    /// Begins to feed the engines, unless that is under way, and waits for its end, so long; call again to wait longer, which also
    /// has it begin again after a crash. An older attempt than is fed changes nothing.
    /// </summary>
    [Alias("feed"), AlwaysInterleave]
    Task<InputFeedReport> FeedAsync(InputFeedOrder order, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Has it send what it feeds to those who listen, and says from where on; that it is over, where it was fed to the end. An attempt that is not
    /// fed yet may be about to begin, and is waited for where the order says so.
    /// </summary>
    [Alias("tap"), AlwaysInterleave]
    Task<TapPlace> TapAsync(TapOrder order, CancellationToken cancellationToken);

    /// <summary>The session has ended, or is stopped: nothing is taken and nothing is fed any more.</summary>
    [Alias("close"), AlwaysInterleave]
    Task CloseAsync(CancellationToken cancellationToken);
}
