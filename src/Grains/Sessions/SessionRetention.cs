using BlueEdge.Results;
using BlueEdge.Sessions.Listing;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Sessions;

/// <summary>Has all that an ended session leaves behind deleted when its retention is over.</summary>
internal sealed class SessionRetention(
    IConnectionMultiplexer redis, IResultStore results, IOptions<SessionOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether <see cref="SetAsync"/> was done for the session.</summary>
    public async Task<bool> IsSetAsync(string sessionId) =>
        await redis.GetDatabase().KeyTimeToLiveAsync(StorageKeys.SessionState(sessionId)) is not null;

    public async Task SetAsync(ListedSession session, SessionSpec spec, SessionState state)
    {
        var sessionId = session.SessionId;
        var expiresAt = (state.EndedAt ?? clock.GetUtcNow()) + options.Value.Retention;
        var left = expiresAt - clock.GetUtcNow();
        var after = left > Shortest ? left : Shortest;
        var database = redis.GetDatabase();
        string[] channels = [.. spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name)];
        await Task.WhenAll(
        [
            database.SortedSetAddAsync(StorageKeys.Expiring, session.Format(SessionGroups.Of(state.Status)), expiresAt.ToUnixTimeMilliseconds()),
            results.ExpireAsync(sessionId, state.Epoch, [.. channels], after, CancellationToken.None),
            .. state.FormerAttempts.Select(former => results.ExpireAsync(sessionId, former.Epoch, [.. channels], TimeSpan.Zero, CancellationToken.None)),
            database.KeyExpireAsync(StorageKeys.DeadLetters(sessionId), after),
            .. StorageKeys.StatesBeside(sessionId, spec).Select(key => database.KeyExpireAsync(key, after)),
        ]);

        // Last, since it says that the rest was done.
        await database.KeyExpireAsync(StorageKeys.SessionState(sessionId), after);
    }
}
