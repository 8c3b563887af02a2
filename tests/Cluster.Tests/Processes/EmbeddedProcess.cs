using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>The embedded mode: all of it in one process, with as much memory as in a small container.</summary>
public sealed class EmbeddedProcess : IAsyncLifetime
{
    /// <summary>448 MB. Without a bound garbage lies for as long as the machine has memory, and what the process has says nothing of what it holds.</summary>
    private const string HeapLimit = "0x1C000000";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-embedded-").FullName;
    private Process? _process;

    public Gateway Gateway { get; private set; } = null!; // Set before any test.

    /// <summary>Memory that the process has, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process!.Id}/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal)); // It was started.
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    public async ValueTask InitializeAsync()
    {
        var address = $"http://127.0.0.1:{FreePorts.Take()}";
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(ProcessCluster.Root, "artifacts", "bin", "Silo", "release", "BlueEdge.Silo.dll")])
        {
            WorkingDirectory = _folder,
            Environment =
            {
                ["ASPNETCORE_URLS"] = address,
                ["BlueEdge__DataPath"] = Path.Combine(_folder, "data"),
                ["Logging__LogLevel__Default"] = "Error",
                ["Logging__LogLevel__Orleans"] = "Error",
                ["DOTNET_GCHeapHardLimit"] = HeapLimit,
            },
        });
        Gateway = new(new(address));
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(); await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            Assert.True(waited.Elapsed < Patience, "The process is not ready.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Gateway.Http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
