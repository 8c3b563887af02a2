using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Results;

/// <summary>
/// Tells those who follow a session's results that there are more. A notice may be lost with the connection, so whoever waits
/// for one also looks by himself from time to time.
/// </summary>
internal sealed class ResultNotices(IConnectionMultiplexer redis)
{
    public void Tell(string sessionId) =>
        redis.GetSubscriber().Publish(StorageKeys.ResultNotices(sessionId), RedisValue.EmptyString, CommandFlags.FireAndForget);

    /// <summary>Listens from when this returns until it is disposed; <paramref name="onNotice"/> is called on any thread.</summary>
    public async Task<IAsyncDisposable> ListenAsync(string sessionId, Action onNotice)
    {
        var subscriber = redis.GetSubscriber();
        var channel = StorageKeys.ResultNotices(sessionId);
        await subscriber.SubscribeAsync(channel, Handle);
        return new Listening(() => subscriber.UnsubscribeAsync(channel, Handle));

        void Handle(RedisChannel from, RedisValue value) => onNotice();
    }

    private sealed class Listening(Func<Task> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(end());
    }
}
