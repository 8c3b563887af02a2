using Orleans.Concurrency;

namespace BlueEdge.Sessions;

/// <summary>Lists sessions, the newest first. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.session-list")]
public interface ISessionListGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>
    /// Reads one page. It costs as much as the page is long, however many sessions there are. A session whose status
    /// changes meanwhile may be missed under a status it has only just reached, but not without a status asked for.
    /// </summary>
    /// <exception cref="BlueEdgeException">The query's cursor is none that this method gave, or its limit is out of range.</exception>
    [Alias("list"), AlwaysInterleave]
    Task<SessionPage> ListAsync(SessionQuery query, CancellationToken cancellationToken);
}
