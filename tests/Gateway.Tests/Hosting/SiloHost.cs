using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BlueEdge.Gateway.Hosting;

[assembly: AssemblyFixture(typeof(SiloHost))]

namespace BlueEdge.Gateway.Hosting;

/// <summary>The real host as a process: sessions, scheduler, sample engines and store, on a data folder of its own.</summary>
public sealed class SiloHost : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-gateway-").FullName;
    private readonly List<string> _output = [];
    private Process? _process;

    /// <summary>Calls the API.</summary>
    public HttpClient Http { get; private set; } = null!; // Set before any test.

    public async ValueTask InitializeAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BlueEdge.Silo.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
            Environment = { ["ASPNETCORE_URLS"] = address, ["BlueEdge__DataPath"] = Path.Combine(_folder, "data"), ["BlueEdge__Sessions__StopGrace"] = "00:00:02" },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2_000 }) { BaseAddress = new($"{address}/api/v1/"), Timeout = Patience };
        await ReadyAsync(new($"{address}/health/ready"));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>There is no event to wait for in another process: it is asked until it says yes.</summary>
    private async Task ReadyAsync(Uri health)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync(health) && await pause.WaitForNextTickAsync(CancellationToken.None))
        {
            Assert.False(patience.IsCancellationRequested || _process is { HasExited: true }, $"The host is not ready: {string.Join('\n', _output)}");
        }
    }

    private async Task<bool> IsReadyAsync(Uri health)
    {
        try
        {
            using var answer = await Http.GetAsync(health);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
