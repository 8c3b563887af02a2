namespace BlueEdge.Storage;

/// <summary>
/// The store does not answer, or takes no writes now. Nothing is known of what the call was to do: it may be sent again. The only
/// form in which errors of a store cross grain calls, since the drivers' own cannot be serialised.
/// </summary>
[GenerateSerializer, Alias("blueedge.store-unavailable")]
public sealed class StoreUnavailableException : BlueEdgeException
{
    /// <summary>An exception with no message.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>An exception that says what the store said and what to do.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An exception caused by an error of the store's driver.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
