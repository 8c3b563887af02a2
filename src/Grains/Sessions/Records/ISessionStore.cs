using System.Collections.Immutable;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Orleans.Storage;

namespace BlueEdge.Grains.Sessions.Records;

/// <summary>
/// Keeps sessions. A write is one step with all that follows from it: the lists that the session stands in and, where it ends,
/// the time when all it leaves behind is deleted.
/// </summary>
/// <remarks>Every member throws <see cref="StoreUnavailableException"/> where the store does not answer, or takes no writes.</remarks>
public interface ISessionStore
{
    /// <summary>Reads a session; one that is past its retention is not there.</summary>
    Task<StoredSession> ReadAsync(string sessionId);

    /// <summary>Reads events of a session that come after a number, at most so many, in their order.</summary>
    Task<ImmutableArray<SessionEvent>> ReadEventsAsync(string sessionId, long after, int count);

    /// <summary>Writes a session's state, its spec with the first one, and the state's <see cref="SessionState.News"/>.</summary>
    /// <param name="sessionId">Whose it is.</param>
    /// <param name="version">The version that the caller knows, 0 for none.</param>
    /// <param name="spec">The session's spec.</param>
    /// <param name="before">The state of that version.</param>
    /// <param name="after">The state to store.</param>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    /// <exception cref="ResultsLostException">The session is to be finished, and the store lacks results that it had; nothing is written.</exception>
    Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after);
}
