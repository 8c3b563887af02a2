namespace BlueEdge.Gateway.Callers;

/// <summary>How long a request with a key may last: as long as its connection and its key do. A feature of the request.</summary>
/// <param name="ended">Fires when the key is revoked or has expired.</param>
internal sealed class RequestLife(CancellationToken ended)
{
    /// <summary>Fires when the key is revoked or has expired.</summary>
    public CancellationToken KeyEnded => ended;

    /// <summary>Fires when the connection breaks.</summary>
    public CancellationToken ConnectionEnded { get; private set; }

    /// <summary>Has all that looks at the request's end, such as waits and streams, end with the key too; until what it returns is disposed.</summary>
    public CancellationTokenSource Begin(HttpContext http)
    {
        ConnectionEnded = http.RequestAborted;
        var either = CancellationTokenSource.CreateLinkedTokenSource(ConnectionEnded, ended);
        http.RequestAborted = either.Token;
        return either;
    }

    /// <summary>Gives the request back the token of its connection.</summary>
    public void End(HttpContext http) => http.RequestAborted = ConnectionEnded;
}
