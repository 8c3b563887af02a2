using BlueEdge.Grains.Storage;
using BlueEdge.Storage;
using Orleans.Persistence.Redis;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The errors of Redis: the one place that knows what they mean.</summary>
internal sealed class RedisErrors : IStoreErrors
{
    /// <summary>What a server says that will take the command later, or once whoever runs it has done something about it.</summary>
    private static readonly string[] Refusals =
    [
        "LOADING", "MISCONF", "READONLY", "NOREPLICAS", "OOM", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED", "NOSCRIPT", "NOAUTH", "NOPERM", "WRONGPASS",
        "max number of clients",
    ];

    private const string Late = "Redis did not answer in time.";
    private const string Away = "Redis cannot be reached.";
    private const string Closed = "The connection to Redis is closed, for the process stops.";

    string? IStoreErrors.Explain(Exception error) => Explain(error);

    /// <summary>Whether <see cref="Translate(Exception)"/> knows what to say of it.</summary>
    public static bool IsOfDriver(Exception error) => error is RedisServerException || Explain(error) is not null;

    /// <summary>What to throw in place of an error of the driver.</summary>
    public static BlueEdgeException Translate(Exception error) => Explain(error) is { } explanation
        ? new StoreUnavailableException(SayUnavailable(explanation), error)
        : new BlueEdgeException(SayRefused(error), error);

    /// <summary>The same for Orleans' storage of grains. Its error is left out: it has only words, and gateways lack its type.</summary>
    public static BlueEdgeException Translate(RedisStorageException error) => Explain(error) is { } explanation
        ? new StoreUnavailableException(SayUnavailable(explanation))
        : new BlueEdgeException(SayRefused(error));

    private static string SayUnavailable(string explanation) =>
        $"{explanation} Look whether it runs, and at its disk, memory and replication; the call may be sent again.";

    private static string SayRefused(Exception error) => $"The cluster's Redis refused a command: {error.Message} Look at its version, its ACL and its data.";

    private static string? Explain(Exception error) => error switch
    {
        RedisServerException => ExplainRefusal(error.Message),
        RedisTimeoutException => Late,
        RedisException => Away,
        ObjectDisposedException { Source: "StackExchange.Redis" } => Closed,
        RedisStorageException => ExplainWords(error.Message),
        _ => null,
    };

    private static string? ExplainRefusal(string said) => Refusals.FirstOrDefault(refusal => said.Contains(refusal, StringComparison.Ordinal)) is { } refusal
        ? $"Redis refuses the command ({refusal})." : null;

    /// <summary>Orleans' storage of grains keeps of the driver's error what it was called and what it said, not the error.</summary>
    private static string? ExplainWords(string said)
    {
        return Behind<RedisServerException>() is { } refusal ? ExplainRefusal(refusal)
            : Behind<RedisTimeoutException>() is not null ? Late
            : Behind<RedisConnectionException>() is not null ? Away
            : Behind<ObjectDisposedException>() is not null ? Closed
            : null;

        string? Behind<TError>() => said.Split($" {typeof(TError).FullName}: ", 2) is [_, var words] ? words : null;
    }
}
