using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Sessions.Listing;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Sessions.Listing;

/// <summary>Where the lists of sessions are.</summary>
internal static class SessionListKeys
{
    /// <summary>A sorted set of the places (see <see cref="ListedSession.Place"/>) of a tenant's sessions in a group, or of those of them with a node of the engine.</summary>
    public static RedisKey SessionList(this StorageKeys keys, string? tenant, SessionGroup group, string? engine) => keys.SessionList(tenant, group.ToString(), engine);

    /// <summary>The lists that a session stands in under a group.</summary>
    public static IEnumerable<RedisKey> SessionLists(this StorageKeys keys, ListedSession session, SessionGroup group) =>
        session.Engines.Select(engine => keys.SessionList(session.Tenant, group, engine)).Prepend(keys.SessionList(session.Tenant, group, engine: null));
}
