using BlueEdge.Results;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Sessions;

/// <summary>Has all that an ended session leaves behind deleted after a time.</summary>
internal sealed class SessionRetention(
    IConnectionMultiplexer redis, IResultStore results, IOptions<SessionOptions> options, TimeProvider clock)
{
    public async Task ExpireAsync(string sessionId, SessionSpec spec, SessionState state)
    {
        var after = options.Value.Retention;
        var database = redis.GetDatabase();
        var channels = spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name).ToArray();
        await Task.WhenAll(
        [
            database.SortedSetAddAsync(StorageKeys.Expiring, sessionId, (clock.GetUtcNow() + after).ToUnixTimeMilliseconds()),
            results.ExpireAsync(sessionId, state.Epoch, [.. channels], after, CancellationToken.None),
            .. state.FormerAttempts.Select(former => results.ExpireAsync(sessionId, former.Epoch, [.. channels], TimeSpan.Zero, CancellationToken.None)),
            .. StorageKeys.StatesOf(sessionId, spec).Select(key => database.KeyExpireAsync(key, after)),
        ]);
    }
}
