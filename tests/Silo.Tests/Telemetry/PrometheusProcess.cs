using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>A real Prometheus that scrapes one process each second, with our rules.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-prometheus-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    private PrometheusProcess(Uri target)
    {
        var port = FreePort();
        var configuration = Path.Combine(_folder, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ["{{Monitoring.Rules}}"]
            scrape_configs:
              - job_name: blueedge
                static_configs: [{targets: ["{{target.Authority}}"]}]
            """);
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}/api/v1/") };
        ProcessStartInfo start = new(
            "prometheus", [$"--config.file={configuration}", $"--storage.tsdb.path={_folder}/data", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"), "--log.level=error"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("Prometheus did not start.");
    }

    /// <summary>Whether there is one on this machine.</summary>
    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "prometheus")));

    /// <summary>Starts one; returns once it is ready.</summary>
    public static async Task<PrometheusProcess> StartAsync(Uri target)
    {
        PrometheusProcess prometheus = new(target);
        try
        {
            await WaitAsync("A Prometheus that is ready", prometheus.IsReadyAsync);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many series a query has an answer with; fails where it is none.</summary>
    public async Task<int> CountAsync(string query)
    {
        using var response = await _http.PostAsync(new Uri("query", UriKind.Relative), new FormUrlEncodedContent([new("query", query)]), TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{query}: {answer}");
        return answer.GetProperty("data").GetProperty("result").GetArrayLength();
    }

    /// <summary>The expressions of its rules as it read them, by the alerts' names.</summary>
    public async Task<IReadOnlyList<(string Name, string Expression)>> ReadRulesAsync()
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>(new Uri("rules", UriKind.Relative), TestContext.Current.CancellationToken);
        return
        [
            .. from each in answer.GetProperty("data").GetProperty("groups").EnumerateArray()
               from rule in each.GetProperty("rules").EnumerateArray()
               select (rule.GetProperty("name").GetString()!, rule.GetProperty("query").GetString()!), // Each has both.
        ];
    }

    /// <summary>It scrapes by itself, and tells nobody: it is asked again and again.</summary>
    public static async Task WaitAsync(string what, Func<Task<bool>> isThere)
    {
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(200));
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            try
            {
                if (await isThere())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        Assert.Fail($"{what} did not come within {Patience.TotalSeconds} s.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>It listens before it is: until then it answers 503.</summary>
    private async Task<bool> IsReadyAsync()
    {
        using var response = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
