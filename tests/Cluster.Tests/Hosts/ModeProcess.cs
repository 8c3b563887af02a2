using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Hosts;

/// <summary>The program of the embedded mode, as a process of a cluster.</summary>
internal sealed class ModeProcess : IAsyncDisposable
{
    private readonly Uri _address = new($"http://127.0.0.1:{FreePorts.Take()}");
    private readonly ConcurrentQueue<string> _output = [];
    private readonly Process _process;

    public ModeProcess(ProcessCluster cluster, string mode, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ProcessCluster.Root, "artifacts", "bin", "Silo", "release", "BlueEdge.Silo.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["ASPNETCORE_URLS"] = _address.ToString(),
                ["BlueEdge__Mode"] = mode,
                ["BlueEdge__Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["BlueEdge__Cluster__SiloPort"] = $"{FreePorts.Take()}",
                ["BlueEdge__Cluster__GatewayPort"] = $"{FreePorts.Take()}",
            },
        };
        foreach (var (name, value) in cluster.ProcessSettings.Concat(settings))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!; // dotnet is there.
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public async Task UntilReadyAsync(TimeSpan patience)
    {
        // Another process has no event to wait for.
        using var http = new HttpClient { BaseAddress = _address };
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.True(since.Elapsed < patience && !_process.HasExited, $"It is not ready. It wrote:\n{Output}");
            try
            {
                using var ready = await http.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    /// <summary>Waits until it has written this. Another process has no event to wait for.</summary>
    public async Task UntilSaidAsync(string text, TimeSpan patience)
    {
        for (var since = Stopwatch.StartNew(); !Output.Contains(text, StringComparison.Ordinal); await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.True(since.Elapsed < patience && !_process.HasExited, $"It did not say '{text}'. It wrote:\n{Output}");
        }
    }

    /// <summary>Ends it as <c>kill</c> does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
