using BlueEdge.Gateway.Auth;

namespace BlueEdge.Gateway.Callers;

/// <summary>How long a request with a key or a token may last: as long as its connection and that do. A feature of the request.</summary>
/// <param name="http">The request.</param>
/// <param name="refusal">What is said once it counts no more.</param>
/// <param name="keyEnded">Fires when the key is revoked, or the key or token has expired.</param>
internal sealed class RequestLife(HttpContext http, AuthRefusal refusal, CancellationToken keyEnded) : IDisposable
{
    private CancellationTokenSource? _either;

    /// <summary>Fires when the key is revoked, or the key or token has expired.</summary>
    public CancellationToken KeyEnded => keyEnded;

    /// <summary>What is said then.</summary>
    public AuthRefusal Refusal => refusal;

    /// <summary>Fires when the connection breaks.</summary>
    public CancellationToken ConnectionEnded { get; } = http.RequestAborted;

    /// <summary>Has all that looks at the request's end, such as waits and streams, end with the key too.</summary>
    public void Begin()
    {
        _either = CancellationTokenSource.CreateLinkedTokenSource(ConnectionEnded, keyEnded);
        http.RequestAborted = _either.Token;
    }

    /// <summary>Gives the request back the token of its connection.</summary>
    public void End() => http.RequestAborted = ConnectionEnded;

    public void Dispose()
    {
        End();
        _either?.Dispose();
    }
}
