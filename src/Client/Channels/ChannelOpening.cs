using BlueEdge.Channels.Inputs;

namespace BlueEdge.Client.Channels;

/// <summary>Who opens a channel to write it.</summary>
public sealed record ChannelOpening
{
    /// <summary>
    /// The writer, by a name of its own among all that write to this channel, 1 to <see cref="InputWrite.WriterLength"/> characters.
    /// <see langword="null"/>, the default, makes a new one.
    /// </summary>
    public string? Writer { get; init; }

    /// <summary>The number of the writer's next item: 0, the default, or where the same writer left off, as <see cref="ISessionChannel.Sequence"/> told it.</summary>
    public long Sequence { get; init; }

    /// <summary>
    /// After how long without a write the session is told that the writer is still there; 20 s by default.
    /// <see cref="Timeout.InfiniteTimeSpan"/> never tells it, and <c>writerTimeoutSeconds</c> after the last write counts the writer as lost.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);
}
