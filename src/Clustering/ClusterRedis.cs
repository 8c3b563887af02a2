using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Clustering;

/// <summary>The process's one connection to the cluster's Redis, which may come and go.</summary>
public sealed class ClusterRedis(IOptions<ClusterModeOptions> options) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<ConnectionMultiplexer> _connection = new(() => ConnectionMultiplexer.Connect(Parse(options.Value.Redis)));

    /// <summary>How it is connected.</summary>
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

    /// <inheritdoc/>
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
}
