using BlueEdge.Sessions;
using BlueEdge.Sessions.Listing;
using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The names of everything that BlueEdge keeps in Redis, but for the scheduler's.</summary>
internal static class StorageKeys
{
    /// <summary>A grain's state; hosts give this function to the grain storage provider.</summary>
    public static RedisKey State(string stateName, GrainId grain) => $"blueedge/{grain}/{stateName}";

    /// <summary>A session's own state.</summary>
    public static RedisKey SessionState(string sessionId) => State("session", GrainId.Create("session", sessionId));

    /// <summary>The states that a session leaves behind besides its own.</summary>
    public static IEnumerable<RedisKey> StatesBeside(string sessionId, SessionSpec spec) =>
    [
        State("spec", GrainId.Create("session", sessionId)),
        .. spec.Nodes.Select(node => State("sub-session", GrainId.Create("sub-session", new SubSessionKey(sessionId, node.Name).ToString()))),
    ];

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
