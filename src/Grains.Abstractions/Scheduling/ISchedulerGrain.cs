using System.Collections.Immutable;
using Orleans.Concurrency;

namespace BlueEdge.Scheduling;

/// <summary>One scheduling domain, keyed by its name; <see cref="DefaultDomain"/> until someone needs more.</summary>
[Alias("blueedge.scheduler")]
public interface ISchedulerGrain : IGrainWithStringKey
{
    /// <summary>The domain that every session and engine belongs to.</summary>
    const string DefaultDomain = "default";

    /// <summary>All engines that ever joined, ordered by id.</summary>
    [Alias("engines"), AlwaysInterleave]
    Task<ImmutableArray<EngineSnapshot>> GetEnginesAsync(CancellationToken cancellationToken);
}
