using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Samples.Demo;

/// <summary>The embedded mode as a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private SiloProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public Task Exited => _process.WaitForExitAsync();

    /// <summary>Starts a program, one of <c>artifacts/bin</c>, with these settings besides its environment's, and returns once it takes sessions.</summary>
    public static async Task<SiloProcess> StartAsync(string root, string program, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken)
    {
        var address = new Uri(Environment.GetEnvironmentVariable("ASPNETCORE_URLS")?.Split(';')[0] ?? $"http://127.0.0.1:{FreePort(5080)}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "artifacts", "bin", program)])
        {
            WorkingDirectory = root,
            Environment = { ["ASPNETCORE_URLS"] = address.ToString() },
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        start.Environment.TryAdd("BlueEdge__DataPath", Path.Combine(root, "data"));
        var silo = new SiloProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."), address);
        try
        {
            await silo.WaitUntilReadyAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has it end as an operator would, by SIGTERM.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static int FreePort(int preferred)
    {
        foreach (var port in (int[])[preferred, 0])
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: any free one will do.
            }
        }

        throw new InvalidOperationException("No port is free on 127.0.0.1.");
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience;)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The silo ended with exit code {_process.ExitCode}; its last lines say why.");
            }

            try
            {
                using var ready = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        throw new TimeoutException($"The silo was not ready within {Patience.TotalSeconds} s.");
    }
}
