using System.Net.Sockets;
using BlueEdge.Storage;
using Orleans.Serialization;

namespace BlueEdge.Gateway.Http;

/// <summary>Tells "not now" from "broken".</summary>
internal static class Unavailability
{
    /// <summary>Whether a call failed because the cluster or its store was away or too slow.</summary>
    public static bool Explains(Exception? exception) => exception switch
    {
        null => false,
        StoreUnavailableException or TimeoutException or OrleansException or SocketException or OperationCanceledException => true,
        UnavailableExceptionFallbackException { ExceptionType: { } name } when IsOfStore(name) => true,
        AggregateException many => many.InnerExceptions.Any(Explains),
        _ => IsOfStore(exception.GetType().FullName ?? "") || Explains(exception.InnerException),
    };

    // The gateway has no reference to the store's client, and in a cluster not even its assembly.
    private static bool IsOfStore(string type) =>
        type.StartsWith("StackExchange.Redis.", StringComparison.Ordinal)
        || type.StartsWith("Orleans.Persistence.", StringComparison.Ordinal);
}
