using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueEdge.Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SiloHost))]

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>The real host as a process: sessions, scheduler, sample engines and store, on a data folder of its own.</summary>
public sealed class SiloHost : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-gateway-").FullName;
    private readonly List<string> _output = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    /// <summary>Further settings of the process, as environment variables.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

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
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2_000, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = new($"{address}/api/v1/"), Timeout = Patience };
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

    /// <summary>How much memory the process holds once it is enough, or does not become less.</summary>
    public async Task<long> SettledMemoryAsync(long enough)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (least, since) = (long.MaxValue, Stopwatch.StartNew());
        while (since.Elapsed < Settling && least > enough && await pause.WaitForNextTickAsync(CancellationToken.None))
        {
            _process!.Refresh(); // Started before any test.
            if (_process.WorkingSet64 < least)
            {
                (least, since) = (_process.WorkingSet64, Stopwatch.StartNew());
            }
        }

        return least;
    }

    /// <summary>Waits until the process has written this.</summary>
    public async Task SaidAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_output)
            {
                if (_output.Exists(line => line.Contains(text, StringComparison.Ordinal)))
                {
                    return;
                }

                more = _more.Task;
            }

            await more.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.False(patience.IsCancellationRequested, $"The host did not say '{text}': {string.Join('\n', _output)}");
        }
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
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
