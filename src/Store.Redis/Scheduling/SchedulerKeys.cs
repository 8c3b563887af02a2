using BlueEdge.Clustering.Storage;
using BlueEdge.Scheduling;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Scheduling;

/// <summary>The names of what the scheduler keeps in Redis.</summary>
internal sealed class SchedulerKeys(StorageKeys keys, string domain)
{
    /// <summary>The token of the activation that may write: each new one takes a higher one.</summary>
    public RedisKey Fence { get; } = keys.Scheduler(domain, "fence");

    /// <summary>A hash: what each attempt holds, by session id.</summary>
    public RedisKey Attempts { get; } = keys.Scheduler(domain, "attempts");

    /// <summary>A hash: attendance, by instance id.</summary>
    public RedisKey Instances { get; } = keys.Scheduler(domain, "instances");

    /// <summary>A hash: definitions, by engine id.</summary>
    public RedisKey Engines { get; } = keys.Scheduler(domain, "engines");

    /// <summary>A hash: losses of which sessions have not heard yet.</summary>
    public RedisKey Losses { get; } = keys.Scheduler(domain, "losses");

    /// <summary>The engines that have a pending list, a set.</summary>
    public RedisKey PendingEngines { get; } = keys.Scheduler(domain, "pending-engines");

    /// <summary>
    /// The sessions that wait for an engine, a sorted set whose members KEDA's redis trigger counts: each session once, however many
    /// slots it needs, for a member is what is read back of it. The external scaler counts slots. In the default domain of the default
    /// service the name is the original's.
    /// </summary>
    public RedisKey Pending(string engine) => keys.IsDefault && string.Equals(domain, ISchedulerGrain.DefaultDomain, StringComparison.Ordinal)
        ? OriginalPending(engine)
        : keys.Scheduler(domain, $"pending/{engine}");

    /// <summary>The name that the original gave to the list of those who wait for an engine.</summary>
    public static RedisKey OriginalPending(string engine) => $"__engine_pending_list_{engine}__";
}
