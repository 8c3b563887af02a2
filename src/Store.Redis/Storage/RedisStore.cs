using StackExchange.Redis;

namespace BlueEdge.Storage;

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
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw Translate(error);
        }
    }

    private static BlueEdgeException Translate(Exception error) => error is RedisServerException && RedisErrors.Explain(error) is null
        ? new BlueEdgeException($"The cluster's Redis refused a command: {error.Message} Look at its version, its ACL and its data.", error)
        : new StoreUnavailableException(
            $"{RedisErrors.Explain(error) ?? "Redis did not answer in time."} Look whether it runs, and at its disk, memory and replication; the call may be sent again.",
            error);
}
