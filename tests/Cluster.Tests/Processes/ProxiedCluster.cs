using System.Diagnostics;
using System.Net.Http.Json;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>A small cluster that reaches its Redis through a proxy which can be made slow.</summary>
public sealed class ProxiedCluster() : ProcessCluster("--silos", "1", "--hosts", "1", "--gateways", "1", "--no-kafka")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly int _control = FreePorts.Take();
    private readonly int _redis = FreePorts.Take();
    private readonly int _proxy = FreePorts.Take();
    private Process? _process;
    private HttpClient? _http;

    /// <summary>Whether the proxy is on this machine.</summary>
    public static bool IsThere => File.Exists(Program);

    private static string Program => Path.Combine(Root, "..", "shared", "toxiproxy", "toxiproxy");

    private HttpClient Http => _http ??= new() { BaseAddress = new($"http://127.0.0.1:{_control}") };

    public override async ValueTask InitializeAsync()
    {
        if (!IsThere)
        {
            return;
        }

        _process = Process.Start(new ProcessStartInfo(Program, ["-host", "127.0.0.1", "-port", $"{_control}"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        await CreateAsync();
        SetPort("redis", "redis", _redis);
        Settings["BlueEdge__Redis"] = $"127.0.0.1:{_proxy}";
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await base.DisposeAsync();
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http?.Dispose();
    }

    /// <summary>Has every answer of Redis come so much later.</summary>
    public async Task DelayAsync(TimeSpan delay)
    {
        using var response = await Http.PostAsJsonAsync(
            new Uri("proxies/redis/toxics", UriKind.Relative), new { name = "slow", type = "latency", attributes = new { latency = (int)delay.TotalMilliseconds } });
        response.EnsureSuccessStatusCode();
    }

    public async Task HealAsync()
    {
        using var response = await Http.DeleteAsync(new Uri("proxies/redis/toxics/slow", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    private async Task CreateAsync()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            try
            {
                using var response = await Http.PostAsJsonAsync(
                    new Uri("proxies", UriKind.Relative), new { name = "redis", listen = $"127.0.0.1:{_proxy}", upstream = $"127.0.0.1:{_redis}" });
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (waited.Elapsed < Patience)
            {
                // It does not listen yet.
            }
        }
    }
}
