using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The errors of Redis: the one place that knows what they mean.</summary>
internal sealed class RedisErrors : IStoreErrors
{
    /// <summary>What a server says that will take the command later, or once whoever runs it has done something about it.</summary>
    private static readonly string[] Refusals =
    [
        "LOADING", "MISCONF", "READONLY", "NOREPLICAS", "OOM", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED", "NOSCRIPT", "NOAUTH", "NOPERM", "WRONGPASS",
        "max number of clients",
    ];

    string? IStoreErrors.Explain(Exception error) => Explain(error);

    /// <summary>Whether <see cref="Translate"/> knows what to say of it.</summary>
    public static bool IsOfDriver(Exception error) => error is RedisServerException || Explain(error) is not null;

    /// <summary>What to throw in place of an error of the driver.</summary>
    public static BlueEdgeException Translate(Exception error) => Explain(error) is { } explanation
        ? new StoreUnavailableException($"{explanation} Look whether it runs, and at its disk, memory and replication; the call may be sent again.", error)
        : new BlueEdgeException($"The cluster's Redis refused a command: {error.Message} Look at its version, its ACL and its data.", error);

    private static string? Explain(Exception error) => error switch
    {
        RedisServerException => Refusals.FirstOrDefault(refusal => error.Message.Contains(refusal, StringComparison.Ordinal)) is { } refusal
            ? $"Redis refuses the command ({refusal})." : null,
        RedisTimeoutException => "Redis did not answer in time.",
        RedisException => "Redis cannot be reached.",
        ObjectDisposedException { Source: "StackExchange.Redis" } => "The connection to Redis is closed, for the process stops.",
        _ => null,
    };
}
