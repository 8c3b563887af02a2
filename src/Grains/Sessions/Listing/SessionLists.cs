using System.Collections.Immutable;
using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Sessions.Listing;

/// <summary>
/// Which sessions there are, as sorted sets in Redis: one for each group, and one for each group and engine, all ordered by
/// the time of submission. They change with the sessions' own states, in one step; see <see cref="Records.SessionStore"/>.
/// </summary>
internal sealed class SessionLists(IConnectionMultiplexer redis)
{
    /// <summary>Takes the session out of a group.</summary>
    public Task RemoveAsync(ListedSession session, SessionGroup group)
    {
        var database = redis.GetDatabase();
        return Task.WhenAll(session.Lists(group).Select(key => database.SortedSetRemoveAsync(key, session.Place)));
    }

    /// <summary>The places of the newest sessions of some groups, newest first, without those at or after a place.</summary>
    /// <param name="groups">The groups, in the order of <see cref="SessionGroups.All"/>.</param>
    /// <param name="engine">Only sessions with a node of this engine, or <see langword="null"/>.</param>
    /// <param name="before">A place, or <see langword="null"/> to begin with the newest.</param>
    /// <param name="count">At most so many.</param>
    public async Task<ImmutableArray<string>> ReadAsync(IReadOnlyList<SessionGroup> groups, string? engine, string? before, int count)
    {
        var database = redis.GetDatabase();
        var reads = await Task.WhenAll(groups.Select(group => database.SortedSetRangeByValueAsync(
            StorageKeys.SessionList(group, engine), max: before ?? RedisValue.Null, exclude: Exclude.Stop, order: Order.Descending, take: count)));
        return
        [
            .. reads
                .SelectMany(places => places.Select(place => place.ToString()))
                .Distinct(StringComparer.Ordinal)
                .OrderDescending(StringComparer.Ordinal)
                .Take(count),
        ];
    }
}
