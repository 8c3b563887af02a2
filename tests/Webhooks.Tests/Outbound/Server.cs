using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>Listens on loopback, counts connections, and lets a test say byte by byte what is answered to each request.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<Stream, CancellationToken, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private byte[]? _greeting;
    private int _connections;

    private Server(IPAddress address, int port, X509Certificate2? certificate, Func<Stream, CancellationToken, Task> answer)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener = new(address, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The heads of all requests.</summary>
    public List<string> Heads { get; } = [];

    /// <summary>Answers each request with a whole message.</summary>
    public static Server Answering(string answer, string address = "127.0.0.1", int port = 0, X509Certificate2? certificate = null) =>
        new(IPAddress.Parse(address), port, certificate, async (stream, token) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token));

    /// <summary>Answers the first request of each connection as the test says; then the connection is closed.</summary>
    public static Server Writing(Func<Stream, CancellationToken, Task> answer) =>
        new(IPAddress.Loopback, 0, certificate: null, async (stream, token) =>
        {
            await answer(stream, token);
            stream.Close();
        });

    /// <summary>Says something to whoever connects, without listening.</summary>
    public static Server Talking(string text) => new(IPAddress.Loopback, 0, certificate: null, (_, _) => Task.CompletedTask) { _greeting = Encoding.ASCII.GetBytes(text) };

    public Uri At(string host, string scheme = "http") => new($"{scheme}://{host}:{Port}/hook");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await OpenAsync(client.GetStream());
                if (_greeting is not null)
                {
                    await stream.WriteAsync(_greeting, _stopping.Token);
                    return;
                }

                while (await ReadRequestAsync(stream) is { } head)
                {
                    lock (Heads)
                    {
                        Heads.Add(head);
                    }

                    await _answer(stream, _stopping.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }

    private async Task<Stream> OpenAsync(Stream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                // Offline, or the server itself would call the addresses in its certificate.
                ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true),
            },
            _stopping.Token);
        return secure;
    }

    /// <summary>The head, with the body that it announces read too; <see langword="null"/> at the end.</summary>
    private async Task<string?> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        await stream.ReadExactlyAsync(new byte[length is null ? 0 : int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture)], _stopping.Token);
        return head.ToString();
    }
}
