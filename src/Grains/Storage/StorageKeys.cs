using BlueEdge.Sessions.Listing;
using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The names of everything that BlueEdge keeps in Redis, but for the scheduler's.</summary>
internal static class StorageKeys
{
    /// <summary>A hash: a session's version, state and spec.</summary>
    public static RedisKey Session(string sessionId) => $"blueedge/session/{sessionId}";

    /// <summary>Where an attempt's results of these channels are.</summary>
    public static IEnumerable<RedisKey> ResultsOf(string sessionId, int epoch, IEnumerable<string> channels) =>
        channels.SelectMany<string, RedisKey>(channel => [Results(sessionId, epoch, channel), ResultSequences(sessionId, epoch, channel)]);

    /// <summary>The list of what an attempt wrote to an interested channel.</summary>
    public static RedisKey Results(string sessionId, int epoch, string channel) => $"blueedge/results/{sessionId}/{epoch}/{channel}";

    /// <summary>A hash: for each producer of the channel, the sequence it writes next.</summary>
    public static RedisKey ResultSequences(string sessionId, int epoch, string channel) => $"blueedge/result-sequences/{sessionId}/{epoch}/{channel}";

    /// <summary>A sorted set of the places (see <see cref="ListedSession.Place"/>) of a group's sessions, or of those of them with a node of the engine.</summary>
    public static RedisKey SessionList(SessionGroup group, string? engine) => engine is null ? $"blueedge/sessions/{group}" : $"blueedge/sessions/{group}/{engine}";

    /// <summary>A hash: the item that each node had in hand last, where it is kept.</summary>
    public static RedisKey DeadLetters(string sessionId) => $"blueedge/dead-letters/{sessionId}";

    /// <summary>A hash: which silo reads which partition of a topic of inboxes.</summary>
    public static RedisKey InboxLeases(string topic) => $"blueedge/inbox-leases/{topic}";

    /// <summary>The publish/subscribe channel that says that a session has more results.</summary>
    public static RedisChannel ResultNotices(string sessionId) => RedisChannel.Literal($"blueedge/result-notices/{sessionId}");

    /// <summary>A sorted set of ended sessions by the time, in ms of the Unix epoch, when their blobs are deleted and they leave the lists.</summary>
    public static RedisKey Expiring => "blueedge/expiring";
}
