using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The errors of Redis.</summary>
internal sealed class RedisErrors : IStoreErrors
{
    /// <summary>What a server says that will take the command later, or once whoever runs it has done something about it.</summary>
    private static readonly string[] Refusals =
    [
        "LOADING", "MISCONF", "READONLY", "NOREPLICAS", "OOM", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED", "NOSCRIPT", "NOAUTH", "NOPERM", "WRONGPASS",
        "max number of clients",
    ];

    string? IStoreErrors.Explain(Exception error) => Explain(error);

    /// <inheritdoc cref="IStoreErrors.Explain"/>
    public static string? Explain(Exception error) => error switch
    {
        RedisServerException => Refusals.FirstOrDefault(refusal => error.Message.Contains(refusal, StringComparison.Ordinal)) is { } refusal
            ? $"Redis refuses the command ({refusal})." : null,
        RedisTimeoutException => "Redis did not answer in time.",
        RedisException => "Redis cannot be reached.",
        ObjectDisposedException { Source: "StackExchange.Redis" } => "The connection to Redis is closed, for the process stops.",
        _ => null,
    };
}
