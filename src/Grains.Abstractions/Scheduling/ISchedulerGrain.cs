using System.Collections.Immutable;
using BlueEdge.Engines;
using Orleans.Concurrency;

namespace BlueEdge.Scheduling;

/// <summary>One scheduling domain, keyed by its name; <see cref="DefaultDomain"/> until someone needs more.</summary>
[Alias("blueedge.scheduler")]
public interface ISchedulerGrain : IGrainWithStringKey
{
    /// <summary>The domain that every session and engine belongs to.</summary>
    const string DefaultDomain = "default";

    /// <summary>All engines that ever joined or were registered, ordered by id.</summary>
    [Alias("engines"), AlwaysInterleave]
    Task<ImmutableArray<EngineSnapshot>> GetEnginesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes an engine known before any instance of it has run: sessions that name it are accepted, and wait. Where instances run with
    /// another definition, that counts and nothing is changed; one that joins later with another replaces this one. May be repeated.
    /// </summary>
    [Alias("register")]
    Task<RegisterResult> RegisterAsync(EngineDefinition definition, CancellationToken cancellationToken);

    /// <summary>Has an engine forgotten that has no instance, and for which no session waits.</summary>
    [Alias("unregister")]
    Task<UnregisterOutcome> UnregisterAsync(string engine, CancellationToken cancellationToken);
}
