namespace BlueEdge.Grains.Results;

/// <summary>
/// Tells those who follow a session's results that there are more. A notice may be lost, so whoever waits for one also looks by
/// himself from time to time.
/// </summary>
public interface IResultNotices
{
    /// <summary>Tells whoever listens, and waits for nobody.</summary>
    void Tell(string sessionId);

    /// <summary>Listens from when this returns until it is disposed; <paramref name="onNotice"/> is called on any thread.</summary>
    Task<IAsyncDisposable> ListenAsync(string sessionId, Action onNotice);
}
