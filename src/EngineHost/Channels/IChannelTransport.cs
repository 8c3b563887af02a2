using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Channels;

/// <summary>How items get from a writer's process to its reader's.</summary>
internal interface IChannelTransport
{
    /// <summary>Returns once items reach this process. Its instances attend only then.</summary>
    /// <exception cref="BlueEdgeException">They cannot; the message says what to do. It may be tried again.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>The way of one writer's items on one channel to a reader.</summary>
    /// <exception cref="BlueEdgeException">The reader is of a kind that nothing is sent to.</exception>
    IChannelRoute RouteTo(ChannelEnd reader);
}
