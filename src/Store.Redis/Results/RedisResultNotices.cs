using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Results;
using BlueEdge.Store.Redis.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Results;

/// <summary>Notices over Redis's publish and subscribe; one may be lost with the connection.</summary>
internal sealed class RedisResultNotices(RedisStore redis, StorageKeys keys) : IResultNotices
{
    public void Tell(string sessionId) =>
        redis.Subscriber.Publish(keys.ResultNotices(sessionId), RedisValue.EmptyString, CommandFlags.FireAndForget);

    public async Task<IAsyncDisposable> ListenAsync(string sessionId, Action onNotice)
    {
        var subscriber = redis.Subscriber;
        var channel = keys.ResultNotices(sessionId);
        await subscriber.SubscribeAsync(channel, Handle);
        return new Listening(() => subscriber.UnsubscribeAsync(channel, Handle));

        void Handle(RedisChannel from, RedisValue value) => onNotice();
    }

    private sealed class Listening(Func<Task> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(end());
    }
}
