using StackExchange.Redis;

namespace BlueEdge.Scheduling;

/// <summary>The names of what the scheduler keeps in Redis.</summary>
internal sealed class SchedulerKeys(string domain)
{
    /// <summary>The token of the activation that may write: each new one takes a higher one.</summary>
    public RedisKey Fence { get; } = $"blueedge/scheduler/{domain}/fence";

    /// <summary>A hash: what each attempt holds, by session id.</summary>
    public RedisKey Attempts { get; } = $"blueedge/scheduler/{domain}/attempts";

    /// <summary>A hash: attendance, by instance id.</summary>
    public RedisKey Instances { get; } = $"blueedge/scheduler/{domain}/instances";

    /// <summary>A hash: definitions, by engine id.</summary>
    public RedisKey Engines { get; } = $"blueedge/scheduler/{domain}/engines";

    /// <summary>A hash: losses of which sessions have not heard yet.</summary>
    public RedisKey Losses { get; } = $"blueedge/scheduler/{domain}/losses";

    /// <summary>The engines that have a pending list, a set.</summary>
    public RedisKey PendingEngines { get; } = $"blueedge/scheduler/{domain}/pending-engines";

    /// <summary>
    /// The sessions that wait for an engine, a sorted set whose members KEDA counts. In the default domain the name is
    /// the original's.
    /// </summary>
    public RedisKey Pending(string engine) =>
        string.Equals(domain, ISchedulerGrain.DefaultDomain, StringComparison.Ordinal)
            ? $"__engine_pending_list_{engine}__"
            : $"blueedge/scheduler/{domain}/pending/{engine}";
}
