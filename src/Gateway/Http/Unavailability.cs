using System.Net.Sockets;
using BlueEdge.Storage;

namespace BlueEdge.Gateway.Http;

/// <summary>Tells "not now" from "broken".</summary>
internal static class Unavailability
{
    /// <summary>Whether a call failed because the cluster or its store was away or too slow.</summary>
    public static bool Explains(Exception? exception) => exception switch
    {
        null => false,
        StoreUnavailableException or TimeoutException or OrleansException or SocketException or OperationCanceledException => true,
        AggregateException many => many.InnerExceptions.Any(Explains),
        _ => Explains(exception.InnerException),
    };

    /// <summary>What the store itself said, if it was the store.</summary>
    public static string? ReasonOf(Exception? exception) => exception switch
    {
        null => null,
        StoreUnavailableException => exception.Message,
        _ => ReasonOf(exception.InnerException),
    };
}
