using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The cluster's Redis, as the stores ask it: what its driver throws becomes what callers understand, and what can cross grain calls.</summary>
internal sealed class RedisStore(IConnectionMultiplexer connection)
{
    public ISubscriber Subscriber => connection.GetSubscriber();

    /// <exception cref="StoreUnavailableException">It does not answer, or does not take the command now.</exception>
    /// <exception cref="BlueEdgeException">It refuses the command.</exception>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> command)
    {
        try
        {
            return await command(connection.GetDatabase());
        }
        catch (Exception error) when (RedisErrors.IsOfDriver(error))
        {
            throw RedisErrors.Translate(error);
        }
    }
}
