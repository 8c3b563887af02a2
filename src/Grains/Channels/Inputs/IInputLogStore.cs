using BlueEdge.Storage;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>
/// Keeps what clients write to channels of sessions, in the order in which it was taken, until engines have it. It belongs to the
/// session and to no attempt, and goes with the session.
/// </summary>
/// <remarks>Every member throws <see cref="StoreUnavailableException"/> where the store does not answer, or takes no writes.</remarks>
public interface IInputLogStore
{
    /// <summary>
    /// Appends a run of one writer; durable when it returns. What the log has of this writer, by sequence, is not appended again, so
    /// that a call may be repeated.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="epoch">The session's attempt, as far as the caller knows; another one is found out.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="run">What is appended, and whether the log ends with it.</param>
    Task<InputAppend> AppendAsync(string sessionId, int epoch, string channel, InputRun run);

    /// <summary>Reads on from an offset, and says how long the log is.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="offset">The first item that is wanted; where that was let go, the page begins with the first that is left.</param>
    /// <param name="items">At most so many.</param>
    /// <param name="bytes">A page ends with the item that reaches so many.</param>
    Task<InputPage> ReadAsync(string sessionId, string channel, long offset, int items, int bytes);

    /// <summary>Lets go of what comes before an offset, which is not beyond the log's end. Repeated, it changes nothing.</summary>
    Task TrimAsync(string sessionId, string channel, long before);
}
