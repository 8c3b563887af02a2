using BlueEdge.Callers;
using BlueEdge.Client;
using BlueEdge.Client.Channels;
using BlueEdge.Sessions;

namespace BlueEdge;

/// <summary>
/// Runs sessions on a cluster. Where the cluster cannot answer for a moment, because a silo was lost or its store is away,
/// calls are tried again until the caller's token fires. Safe for concurrent use.
/// </summary>
public interface IBlueEdgeClient
{
    /// <summary>
    /// A client whose calls are a caller's, in every process. Those of this one are <see cref="Caller.Current"/>'s: of the default tenant,
    /// unless it is used within an engine, where they are of its session's tenant.
    /// </summary>
    IBlueEdgeClient OnBehalfOf(Caller caller);

    /// <summary>Submits a session; once this returns, it is durable and will reach exactly one terminal status.</summary>
    /// <param name="spec">The DAG to run.</param>
    /// <param name="sessionId">
    /// The id to give it (see <see cref="SessionIds"/>), so that a caller that was stopped can submit again without a second
    /// session; <see langword="null"/> makes a fresh one.
    /// </param>
    /// <param name="cancellationToken">Stops the call, never the session.</param>
    /// <returns>The session's id.</returns>
    /// <exception cref="InvalidSessionException">The spec has faults, or the id is taken by another tenant's session; nothing was created.</exception>
    Task<string> SubmitAsync(SessionSpec spec, string? sessionId = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a session, or <see langword="null"/> where there is none, or none any more.</summary>
    Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Waits until a session has ended, or answers <see langword="null"/> where there is none, or none any more.</summary>
    Task<SessionSnapshot?> WaitAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The items of an interested channel, in order, as they are written, to the session's end. A session that is unknown has
    /// none. Each comes once, but where the session runs again after a loss: then what the new attempt writes comes from its
    /// first item on, with another <see cref="SessionResult.Epoch"/>, and takes the place of what came before.
    /// </summary>
    IAsyncEnumerable<SessionResult> ResultsAsync(string sessionId, string channel, CancellationToken cancellationToken = default);

    /// <summary>Opens a channel of a session, to write or to read it while the session runs.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="channel">The channel's name.</param>
    /// <param name="opening">Who writes; a new writer by default.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The channel, or <see langword="null"/> where there is no such session, or none any more.</returns>
    /// <exception cref="BlueEdgeException">The session has no such channel that can be written or read.</exception>
    Task<ISessionChannel?> OpenChannelAsync(
        string sessionId, string channel, ChannelOpening? opening = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops a session and answers without waiting for its end: <see cref="WaitAsync"/> does that. One that has ended is not
    /// changed; <see langword="null"/> where there is none.
    /// </summary>
    Task<SessionSnapshot?> StopAsync(string sessionId, CancellationToken cancellationToken = default);
}
