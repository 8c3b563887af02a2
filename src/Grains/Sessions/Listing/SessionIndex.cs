using System.Collections.Immutable;
using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Sessions.Listing;

/// <summary>
/// Which sessions there are, as sorted sets in Redis: one for each group, and one for each group and engine, all ordered by
/// the time of submission. It trails the sessions' own states a little, and is only asked where to look.
/// </summary>
internal sealed class SessionIndex(IConnectionMultiplexer redis)
{
    /// <summary>Lists the session under a group, and no more under those it may have been in. May be repeated.</summary>
    public Task MoveAsync(ListedSession session, SessionGroup group, params ReadOnlySpan<SessionGroup> from)
    {
        var database = redis.GetDatabase();

        // Added before it is removed, so that it is never in no list.
        List<Task> writes = [.. Keys(session, group).Select(key => database.SortedSetAddAsync(key, session.Place, 0))];
        foreach (var other in from)
        {
            writes.AddRange(Keys(session, other).Select(key => database.SortedSetRemoveAsync(key, session.Place)));
        }

        return Task.WhenAll(writes);
    }

    /// <summary>Takes the session out of a group.</summary>
    public Task RemoveAsync(ListedSession session, SessionGroup group)
    {
        var database = redis.GetDatabase();
        return Task.WhenAll(Keys(session, group).Select(key => database.SortedSetRemoveAsync(key, session.Place)));
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

    private static IEnumerable<RedisKey> Keys(ListedSession session, SessionGroup group) =>
        session.Engines.Select(engine => StorageKeys.SessionList(group, engine)).Prepend(StorageKeys.SessionList(group, engine: null));
}
