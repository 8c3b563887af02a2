using System.Diagnostics;
using BlueEdge.Grains.Storage;
using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The cluster's Redis, as the stores ask it: what its driver throws becomes what callers understand, and what can cross grain calls.</summary>
/// <param name="connection">The connection.</param>
/// <param name="metrics">Told how long each answer takes; <see langword="null"/> where nobody measures.</param>
internal sealed class RedisStore(IConnectionMultiplexer connection, StoreMetrics? metrics = null)
{
    private const string Name = "redis";

    public ISubscriber Subscriber => connection.GetSubscriber();

    /// <exception cref="StoreUnavailableException">It does not answer, or does not take the command now.</exception>
    /// <exception cref="BlueEdgeException">It refuses the command.</exception>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> command)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await command(connection.GetDatabase());
            metrics?.Answered(Name, Stopwatch.GetElapsedTime(began), error: null);
            return answer;
        }
        catch (Exception error) when (RedisErrors.IsOfDriver(error))
        {
            var translated = RedisErrors.Translate(error);
            metrics?.Answered(Name, Stopwatch.GetElapsedTime(began), translated);
            throw translated;
        }
    }
}
