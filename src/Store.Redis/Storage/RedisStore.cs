using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The cluster's Redis, as the stores ask it: what its driver throws becomes what callers understand, and what can cross grain calls.</summary>
internal sealed class RedisStore(IConnectionMultiplexer connection)
{
    /// <summary>What a Redis says that is there and does not take the command now.</summary>
    private static readonly string[] NotNow =
        ["BUSY", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "TRYAGAIN", "UNBLOCKED"];

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

    private static BlueEdgeException Translate(Exception error) => error is RedisServerException refused
        ? NotNow.Any(word => refused.Message.Contains(word, StringComparison.Ordinal))
            ? new StoreUnavailableException(
                $"The cluster's Redis takes no commands now: {refused.Message} Look at its disk, its memory and its replication; the call may be sent again.", error)
            : new BlueEdgeException($"The cluster's Redis refused a command: {refused.Message} Look at its version, its ACL and its data.", error)
        : new StoreUnavailableException(
            $"The cluster's Redis does not answer: {error.Message} Look whether it runs and can be reached; the call may be sent again.", error);
}
