using System.Collections.Immutable;
using Orleans.Concurrency;

namespace BlueEdge.Sessions.Events;

/// <summary>Knows which silos have sessions. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.silo-news-list")]
public interface ISiloNewsListGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>The keys of the <see cref="ISiloNewsGrain"/>s of all silos that are there, sorted; waits for a silo to come or go where they are those known.</summary>
    /// <param name="known">What was answered before; none at first.</param>
    /// <param name="atMost">How long to wait, at most 20 seconds; less where the silo stops.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("follow"), AlwaysInterleave]
    Task<ImmutableArray<string>> FollowAsync(ImmutableArray<string> known, TimeSpan atMost, CancellationToken cancellationToken);
}
