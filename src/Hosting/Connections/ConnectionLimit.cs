using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Connections;

/// <summary>
/// Keeps callers from taking all file descriptors: files, children and the other processes of the cluster need some too. The
/// server's own limit would close without a word to the caller, and log each.
/// </summary>
public sealed partial class ConnectionLimit(
    IOptions<HttpServerOptions> options, IConfiguration configuration, TimeProvider clock, ILogger<ConnectionLimit> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lazy<int> _most = new(() => Math.Clamp((int)(Descriptors.Left() * 0.75), 1, options.Value.MaxConnections));
    private readonly bool _isPlain = ListenAddresses.Of(configuration).All(address => address.Scheme is "http");
    private readonly Seldom _seldom = new(clock, Quiet);
    private int _open;
    private int _refused;

    /// <summary>Connections at once, counted from what the process has left when first asked: once it has started.</summary>
    public int Most => _most.Value;

    private static ReadOnlySpan<byte> Refusal => "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8;

    /// <summary>Lets a connection go on where there is room for it, and refuses it in a word where there is none.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= Most)
            {
                await next(connection);
                return;
            }

            Tell();
            if (_isPlain)
            {
                await connection.Transport.Output.WriteAsync(Refusal.ToArray());
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Once in a while, with how many there were.</summary>
    private void Tell()
    {
        Interlocked.Increment(ref _refused);
        if (_seldom.IsDue())
        {
            LogRefused(Interlocked.Exchange(ref _refused, 0), Most);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Refused} connections were refused, since {Most} are open. BlueEdge:Gateway:MaxConnections allows more, as far as the limit of file descriptors (ulimit -n) does")]
    private partial void LogRefused(int refused, int most);
}
