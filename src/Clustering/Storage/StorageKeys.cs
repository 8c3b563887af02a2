using StackExchange.Redis;

namespace BlueEdge.Clustering.Storage;

/// <summary>
/// The names of everything that a cluster keeps in Redis: no key is written elsewhere. Each begins with the cluster's ServiceId,
/// so that two clusters on one Redis never meet.
/// </summary>
public sealed class StorageKeys
{
    /// <summary>The ServiceId unless another is configured.</summary>
    public const string DefaultServiceId = "blueedge";

    private readonly string _prefix;

    /// <summary>The keys of a service.</summary>
    public StorageKeys(string serviceId)
    {
        _prefix = $"{Escape(serviceId)}/";
        IsDefault = string.Equals(serviceId, DefaultServiceId, StringComparison.Ordinal);
    }

    /// <summary>Whether they are those of the default service, where names that others know hold.</summary>
    public bool IsDefault { get; }

    /// <summary>A sorted set of ended sessions by the time, in ms of the Unix epoch, when their blobs are deleted and they leave the lists.</summary>
    public RedisKey Expiring => $"{_prefix}expiring";

    /// <summary>A sorted set, without scores, of the sessions of which somebody has yet to hear something.</summary>
    public RedisKey Untold => $"{_prefix}untold";

    /// <summary>How the service's keys are named: former versions did otherwise.</summary>
    public RedisKey Layout => $"{_prefix}layout";

    /// <summary>A mark that outlives every process of the cluster, and is gone with the rest of the data.</summary>
    public RedisKey Mark => $"{_prefix}mark";

    /// <summary>Written to see whether writes are taken; nobody reads it.</summary>
    public RedisKey Written => $"{_prefix}written";

    /// <summary>Held by whoever moves keys.</summary>
    public RedisKey LayoutLock => $"{_prefix}layout-lock";

    /// <summary>A hash: a session's version, state, spec, and the attempt that may write results.</summary>
    public RedisKey Session(string sessionId) => $"{_prefix}session/{sessionId}";

    /// <summary>The list of what happened to a session that keeps it, in the order of the events' numbers; the oldest may be gone.</summary>
    public RedisKey Events(string sessionId) => $"{_prefix}events/{sessionId}";

    /// <summary>Where an attempt's results of these channels are.</summary>
    public IEnumerable<RedisKey> ResultsOf(string sessionId, int epoch, IEnumerable<string> channels) =>
        channels.SelectMany<string, RedisKey>(channel => [Results(sessionId, epoch, channel), ResultSequences(sessionId, epoch, channel)]);

    /// <summary>The list of what an attempt wrote to an interested channel.</summary>
    public RedisKey Results(string sessionId, int epoch, string channel) => $"{_prefix}results/{sessionId}/{epoch}/{channel}";

    /// <summary>A hash: for each producer of the channel, the sequence it writes next.</summary>
    public RedisKey ResultSequences(string sessionId, int epoch, string channel) => $"{_prefix}result-sequences/{sessionId}/{epoch}/{channel}";

    /// <summary>The list of what clients wrote to a channel and was not let go.</summary>
    public RedisKey InputItems(string sessionId, string channel) => $"{_prefix}input-items/{sessionId}/{channel}";

    /// <summary>A hash: how much of that was let go, whether it has ended, and for each writer the sequence it writes next.</summary>
    public RedisKey Input(string sessionId, string channel) => $"{_prefix}input/{sessionId}/{channel}";

    /// <summary>A sorted set, without scores, of the tenants that have named themselves; the default one is not among them.</summary>
    public RedisKey Tenants => $"{_prefix}tenants";

    /// <summary>A sorted set of a group's sessions, or of those of them with a node of the engine.</summary>
    /// <param name="tenant">Whose sessions; <see langword="null"/> is the default tenant, whose keys name none.</param>
    /// <param name="group">Which of them.</param>
    /// <param name="engine">An engine's id, or <see langword="null"/>.</param>
    public RedisKey SessionList(string? tenant, string group, string? engine)
    {
        var owner = tenant is null ? "" : $"tenants/{tenant}/";
        return engine is null ? $"{_prefix}{owner}sessions/{group}" : $"{_prefix}{owner}sessions/{group}/{engine}";
    }

    /// <summary>A hash: the item that each node had in hand last, where it is kept.</summary>
    public RedisKey DeadLetters(string sessionId) => $"{_prefix}dead-letters/{sessionId}";

    /// <summary>A hash: which silo reads which partition of a topic of mailboxes, by the name that these had first.</summary>
    public RedisKey MailboxLeases(string topic) => $"{_prefix}inbox-leases/{topic}";

    /// <summary>The publish/subscribe channel that says that a session has more results.</summary>
    public RedisChannel ResultNotices(string sessionId) => RedisChannel.Literal($"{_prefix}result-notices/{sessionId}");

    /// <summary>What a key of the default service is called here.</summary>
    public RedisKey OfFormer(RedisKey key) => _prefix + key.ToString()[(DefaultServiceId.Length + 1)..];

    /// <summary>A hash: the state of a grain that has no store of its own, and its etag.</summary>
    public RedisKey GrainState(string name, GrainId grain) => $"{_prefix}grains/{Escape(grain.Type.ToString())}/{Escape(grain.Key.ToString())}/{Escape(name)}";

    /// <summary>A list: the keys with which callers' secrets are encrypted where they are stored.</summary>
    public RedisKey KeyRing => $"{_prefix}key-ring";

    /// <summary>A stream: who did what, the newest of a kind.</summary>
    public RedisKey Audit(string kind) => $"{_prefix}audit/{kind}";

    /// <summary>What a scheduler keeps, by name.</summary>
    public RedisKey Scheduler(string domain, string name) => $"{_prefix}scheduler/{Escape(domain)}/{name}";

    /// <summary>With a slash in it, what stands before another part of a name could be part of that.</summary>
    private static string Escape(string part) => Uri.EscapeDataString(part);
}
