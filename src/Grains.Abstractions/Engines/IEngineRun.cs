using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>One attempt of one sub-session, between an engine and the platform. Safe for concurrent use.</summary>
public interface IEngineRun
{
    /// <summary>Which session, node and attempt this is.</summary>
    EngineSession Session { get; }

    /// <summary>The engine's definition.</summary>
    EngineDefinition Definition { get; }

    /// <summary>Fires at once when the sub-session is stopped. What runs on after the grace period is cut off.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Says that the engine is prepared: items come only after that.</summary>
    ValueTask ReadyAsync();

    /// <summary>
    /// The items, one at a time, in each writer's order; ends when the engine has finished, by itself or by hand. To be read
    /// once.
    /// </summary>
    IAsyncEnumerable<EngineInput> ReadAllAsync();

    /// <summary>Whether the session links the output to a channel.</summary>
    /// <exception cref="BlueEdgeException">The engine has no such output.</exception>
    bool IsLinked(string port);

    /// <summary>
    /// Writes an item. Returns when the channel has room for the next, and, where the channel is interested, when the item is
    /// stored. An item for an output that is not linked goes nowhere.
    /// </summary>
    /// <exception cref="BlueEdgeException">The engine has no such output, it is of another type, or the item's envelope oversteps a limit.</exception>
    /// <exception cref="OperationCanceledException">The sub-session was stopped.</exception>
    ValueTask WriteAsync(string port, Payload payload, CancellationToken cancellationToken);

    /// <summary>Turns a stream into a payload: in memory where it is short, else in the blob store.</summary>
    ValueTask<Payload> StoreAsync(ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a payload's content, wherever it lies; the caller disposes the stream.</summary>
    ValueTask<Stream> OpenAsync(Payload payload, CancellationToken cancellationToken);

    /// <summary>Ends the run; to be called last, exactly once.</summary>
    /// <param name="failure">What the engine failed with, or <see langword="null"/>.</param>
    Task CompleteAsync(Exception? failure);
}
