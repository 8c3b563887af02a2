using System.Diagnostics;
using System.Globalization;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

/// <summary>Processes of no cluster, which wait for a Redis that never comes.</summary>
public sealed class StoppedStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CoreSilo", "BlueEdge.CoreSilo.dll")]
    [InlineData("Silo", "BlueEdge.Silo.dll")]
    [InlineData("SampleEngineHost", "BlueEdge.Samples.SampleEngineHost.dll")]
    [InlineData("Gateway", "BlueEdge.Gateway.dll")]
    public async Task A_process_that_is_told_to_stop_while_it_starts_ends_cleanly(string project, string program)
    {
        var address = $"http://127.0.0.1:{FreePorts.Take()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ProcessCluster.Root, "artifacts", "bin", project, "release", program)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["ASPNETCORE_URLS"] = address,
                ["BlueEdge__Mode"] = "Cluster",
                ["BlueEdge__Redis"] = $"127.0.0.1:{FreePorts.Take()}",
                ["BlueEdge__Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["BlueEdge__Cluster__SiloPort"] = $"{FreePorts.Take()}",
                ["BlueEdge__Cluster__GatewayPort"] = $"{FreePorts.Take()}",
            },
        };
        using var process = Process.Start(start)!; // dotnet is there.
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        try
        {
            await UntilLiveAsync(new(address));
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(Ct).WaitAsync(Patience, TimeProvider.System, Ct);
        }
        finally
        {
            process.Kill();
        }

        var said = string.Concat(await output);
        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("it was told to before it had started", said, StringComparison.Ordinal);
        Assert.DoesNotContain("could not start", said, StringComparison.Ordinal);
    }

    /// <summary>Another process has no event to wait for.</summary>
    private static async Task UntilLiveAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct))
        {
            try
            {
                await http.GetStringAsync(new Uri("health/live", UriKind.Relative), Ct);
                return;
            }
            catch (HttpRequestException) when (since.Elapsed < Patience)
            {
                // It does not listen yet.
            }
        }
    }
}
