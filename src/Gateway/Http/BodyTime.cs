using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Http;

/// <summary>How long a body may take to come.</summary>
internal sealed class BodyTime : IDisposable
{
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    public BodyTime(HttpContext http)
    {
        _late = new(http.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.BodyTimeout, http.RequestServices.GetRequiredService<TimeProvider>());
        _either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _late.Token);
    }

    /// <summary>Fires when the time is up, and when the caller is gone.</summary>
    public CancellationToken Over => _either.Token;

    /// <summary>Whether the time is up.</summary>
    public bool IsUp => _late.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
