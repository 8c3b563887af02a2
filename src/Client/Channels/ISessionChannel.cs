using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Client.Channels;

/// <summary>
/// A channel of a session, opened to write or to read it while the session runs. Safe for concurrent use. Disposing it leaves the
/// channel as it is, and no longer tells the session that the writer is there.
/// </summary>
public interface ISessionChannel : IAsyncDisposable
{
    /// <summary>The session.</summary>
    string SessionId { get; }

    /// <summary>The channel's name.</summary>
    string Name { get; }

    /// <summary>Whether clients write it (<c>external: "in"</c>).</summary>
    bool CanWrite { get; }

    /// <summary>Who writes; another opening with this name and <see cref="Sequence"/> goes on for this one.</summary>
    string Writer { get; }

    /// <summary>The number of the writer's next item: so many are known to be durable.</summary>
    long Sequence { get; }

    /// <summary>Writes an item; see <see cref="WriteAsync(ImmutableArray{Payload}, CancellationToken)"/>.</summary>
    /// <exception cref="ChannelWriteException">The channel does not take it, now or ever.</exception>
    Task WriteAsync(Payload item, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes a run of items, all or none of them. Once this returns they are durable, and will reach each reader once. Where the engines
    /// are slower than what is written it waits for room. A call that is cancelled may have been written: then <see cref="Sequence"/> says so
    /// before the next write is done.
    /// </summary>
    /// <exception cref="ChannelWriteException">The channel does not take them, now or ever.</exception>
    Task WriteAsync(ImmutableArray<Payload> items, CancellationToken cancellationToken = default);

    /// <summary>Ends the channel, for all who write it, behind what was written. May be called again.</summary>
    /// <exception cref="ChannelWriteException">Nobody writes the channel, or the session is over.</exception>
    Task EndAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// What is written to the channel to the session's end: where it is kept, from its first item on, as <see cref="IBlueEdgeClient.ResultsAsync"/> tells it. Of
    /// any other what there is of the newest items (<c>BlueEdge:Taps</c>: 256, 4 MB, 60 s), and what is written from then on; who reads it slows no writer. Where
    /// <see cref="SessionResult.Offset"/> is not the one that follows in its attempt, items are missing: as many as it jumps over, where that is known.
    /// </summary>
    IAsyncEnumerable<SessionResult> ReadAsync(CancellationToken cancellationToken = default);
}
