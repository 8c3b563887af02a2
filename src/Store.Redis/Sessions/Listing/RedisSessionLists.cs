using System.Collections.Immutable;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Store.Redis.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Sessions.Listing;

/// <summary>The lists as sorted sets in Redis: one for each group, and one for each group and engine.</summary>
internal sealed class RedisSessionLists(RedisStore redis, StorageKeys keys) : ISessionLists
{
    public async Task<ImmutableArray<string>> ReadAsync(string? tenant, IReadOnlyList<SessionGroup> groups, string? engine, string? before, int count)
    {
        var reads = await redis.AskAsync(database => Task.WhenAll(groups.Select(group => database.SortedSetRangeByValueAsync(
            keys.SessionList(tenant, group, engine), max: before ?? RedisValue.Null, exclude: Exclude.Stop, order: Order.Descending, take: count))));
        return
        [
            .. reads
                .SelectMany(places => places.Select(place => place.ToString()))
                .Distinct(StringComparer.Ordinal)
                .OrderDescending(StringComparer.Ordinal)
                .Take(count),
        ];
    }

    public async Task<int> CountAsync(string? tenant, IReadOnlyList<SessionGroup> groups)
    {
        var counts = await redis.AskAsync(database => Task.WhenAll(groups.Select(group => database.SortedSetLengthAsync(keys.SessionList(tenant, group, engine: null)))));
        return (int)counts.Sum();
    }

    public Task<ImmutableArray<string>> ReadTenantsAsync(string? after, int count) => ReadNamesAsync(keys.Tenants, after, count);

    public Task<ImmutableArray<string>> ReadUntoldAsync(string? after, int count) => ReadNamesAsync(keys.Untold, after, count);

    public async Task<ImmutableArray<ExpiredSession>> ReadExpiredAsync(DateTimeOffset now, int count)
    {
        var due = await redis.AskAsync(database => database.SortedSetRangeByScoreAsync(keys.Expiring, stop: now.ToUnixTimeMilliseconds(), take: count));
        return [.. due.Select(member => ExpiringMember.Parse(member.ToString()))];
    }

    /// <summary>Redis deletes by itself what has a key of the session's own.</summary>
    public async Task RemoveAsync(ImmutableArray<ExpiredSession> sessions)
    {
        await redis.AskAsync(database => Task.WhenAll(sessions.SelectMany(expired =>
            keys.SessionLists(expired.Session, expired.Group).Select(list => database.SortedSetRemoveAsync(list, expired.Session.Place)))));

        RedisValue[] ids = [.. sessions.Select(expired => (RedisValue)expired.Session.SessionId)];
        await redis.AskAsync(database => database.SortedSetRemoveAsync(keys.Untold, ids));

        // Last: what is not out of every list is found again.
        RedisValue[] members = [.. sessions.Select(expired => (RedisValue)ExpiringMember.Format(expired.Session, expired.Group))];
        await redis.AskAsync(database => database.SortedSetRemoveAsync(keys.Expiring, members));
    }

    private async Task<ImmutableArray<string>> ReadNamesAsync(RedisKey key, string? after, int count)
    {
        var names = await redis.AskAsync(database => database.SortedSetRangeByValueAsync(key, min: after ?? RedisValue.Null, exclude: Exclude.Start, take: count));
        return [.. names.Select(name => name.ToString())];
    }
}
