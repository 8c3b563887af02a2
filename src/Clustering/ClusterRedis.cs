using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Clustering;

/// <summary>The process's one connection to the cluster's Redis, which may come and go.</summary>
internal sealed partial class ClusterRedis(IOptions<ClusterModeOptions> options, TimeProvider clock, ILogger<ClusterRedis> logger) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lazy<ConnectionMultiplexer> _connection = new(() => ConnectionMultiplexer.Connect(Parse(options.Value.Redis)));

    public ConfigurationOptions Options { get; } = Parse(options.Value.Redis);

    /// <summary>Connected, or connected as soon as the Redis answers.</summary>
    public IConnectionMultiplexer Connection => _connection.Value;

    /// <summary>What is wrong with a connection string, or <see langword="null"/>.</summary>
    public static string? FindFault(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0 ? null : "it names no server.";
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    /// <summary>Whether it answers now.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Connection.GetDatabase().PingAsync().WaitAsync(Patience, clock, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Returns once it answers.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var told = false; !await IsThereAsync(cancellationToken); told = true)
        {
            if (!told)
            {
                LogWaiting(string.Join(", ", Options.EndPoints));
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_connection.IsValueCreated)
        {
            _connection.Value.Dispose();
        }
    }

    private static ConfigurationOptions Parse(string text)
    {
        var parsed = ConfigurationOptions.Parse(text);
        parsed.AbortOnConnectFail = false;

        // The default doubles its pauses, and would leave a cluster waiting for a Redis that is long back.
        parsed.ReconnectRetryPolicy = new LinearRetry((int)RetryDelay.TotalMilliseconds);
        return parsed;
    }

    [LoggerMessage(LogLevel.Warning, "Redis at {Endpoints} does not answer; this process waits for it")]
    private partial void LogWaiting(string endpoints);
}
