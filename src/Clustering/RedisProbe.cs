using BlueEdge.Clustering.Storage;
using StackExchange.Redis;

namespace BlueEdge.Clustering;

/// <summary>Finds out whether the cluster's Redis does its part: it answers, takes writes, and still has what the cluster stored in it.</summary>
public sealed class RedisProbe(ClusterRedis redis, StorageKeys keys, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WriteLife = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private string? _mark;
    private string? _fault = "Redis was not asked yet.";
    private long? _asked;

    /// <summary>
    /// What is the matter, as a sentence, or <see langword="null"/>. However often it is called, a Redis that answers is asked
    /// once a second.
    /// </summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_asked is not { } asked || clock.GetElapsedTime(asked) >= Period || (_fault is null && !redis.Connection.IsConnected))
            {
                _fault = await AskAsync(cancellationToken);
                _asked = clock.GetTimestamp();
            }

            return _fault;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync().WaitAsync(Patience, clock, cancellationToken);
        }
        catch (RedisServerException error)
        {
            // It says itself what keeps it from writing: LOADING, READONLY, NOREPLICAS, MISCONF, OOM and others.
            return $"The cluster's Redis takes no writes now: {error.Message}";
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return "The cluster's Redis does not answer.";
        }
    }

    private async Task<string?> AskAsync()
    {
        var database = redis.Connection.GetDatabase();
        await database.StringSetAsync(keys.Written, RedisValue.EmptyString, WriteLife);
        if (_mark is null)
        {
            await database.StringSetAsync(keys.Mark, Guid.NewGuid().ToString("N"), when: When.NotExists);
            _mark = await database.StringGetAsync(keys.Mark);
            return null;
        }

        return await database.StringGetAsync(keys.Mark) == _mark
            ? null
            : "The cluster's Redis has lost its data since this process started: bring the data back, or restart all processes of the cluster to begin with none.";
    }
}
