using Orleans.Concurrency;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a session tells a channel that clients write. Every call is idempotent.</summary>
[Alias("blueedge.input-control")]
public interface IInputControl : IGrainWithStringKey
{
    /// <summary>
    /// Begins to feed the engines, unless that is under way, and waits for its end, so long; call again to wait longer, which also
    /// has it begin again after a crash. An older attempt than is fed changes nothing.
    /// </summary>
    [Alias("feed"), AlwaysInterleave]
    Task<InputFeedReport> FeedAsync(InputFeedOrder order, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>The session has ended, or is stopped: nothing is taken and nothing is fed any more.</summary>
    [Alias("close"), AlwaysInterleave]
    Task CloseAsync(CancellationToken cancellationToken);
}
