using Orleans.Concurrency;

namespace BlueEdge.Sessions.Events;

/// <summary>
/// What happens to all sessions of one core silo, as it happens; <see cref="ISiloNewsListGrain"/> has the keys. The silo notes nothing
/// before the first call and once there was none for a minute, and then the newest news only, in its memory.
/// </summary>
[Alias("blueedge.silo-news")]
public interface ISiloNewsGrain : IGrainWithStringKey
{
    /// <summary>The news from a place on; waits for some where there are none yet.</summary>
    /// <param name="after">Where the page before ended; <see langword="null"/> begins with what comes next, and answers at once.</param>
    /// <param name="atMost">How long to wait, at most 20 seconds; less where the silo stops.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("read"), AlwaysInterleave]
    Task<NewsPage> ReadAsync(NewsPlace? after, TimeSpan atMost, CancellationToken cancellationToken);
}
