using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BlueEdge.Tool.Tests.Processes;

[assembly: AssemblyFixture(typeof(EmbeddedProcess))]

namespace BlueEdge.Tool.Tests.Processes;

/// <summary>A server: the embedded mode in a process of its own, and a folder for files.</summary>
public sealed class EmbeddedProcess : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly HttpClient _http = new();
    private Process? _process;
    private int _files;

    public string Folder { get; } = Directory.CreateTempSubdirectory("blueedge-tool-").FullName;

    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>The program.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Silo/release/BlueEdge.Silo.dll"));

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Program])
        {
            WorkingDirectory = Folder,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Address,
                ["BlueEdge__DataPath"] = Path.Combine(Folder, "data"),
                ["BlueEdge__Sessions__StopGrace"] = "00:00:02",
                ["Logging__LogLevel__Default"] = "Error",
            },
        });
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(); await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            Assert.True(waited.Elapsed < Patience, "The server is not ready.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Runs the tool against it.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) =>
        ToolProcess.RunAsync(arguments, Folder, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["BLUEEDGE_SERVER"] = Address });

    /// <summary>Starts the tool against it.</summary>
    public ToolProcess Start(params string[] arguments) =>
        ToolProcess.Start(arguments, Folder, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["BLUEEDGE_SERVER"] = Address });

    /// <summary>Writes a file for the tool, and answers with its name.</summary>
    public string File(string content, string extension = ".json")
    {
        var path = Path.Combine(Folder, $"file{Interlocked.Increment(ref _files)}{extension}");
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A folder that is not there yet.</summary>
    public string NewFolder() => Path.Combine(Folder, $"folder{Interlocked.Increment(ref _files)}");

    /// <summary>Submits without the tool.</summary>
    public async Task<string> SubmitAsync(string body)
    {
        var route = body.Contains("\"engineId\"", StringComparison.Ordinal) ? "process-single-engine" : "process-workflow";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri($"{Address}/api/v1/{route}"), content);
        return (await DataAsync(response)).GetProperty("sessionId").GetString() ?? "";
    }

    /// <summary>Reads a session's status without the tool.</summary>
    public async Task<string?> StatusAsync(string sessionId)
    {
        using var response = await _http.GetAsync(new Uri($"{Address}/api/v1/process-workflow/{sessionId}"));
        return (await DataAsync(response)).GetProperty("process").GetProperty("status").GetString();
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("data").Clone();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"{Address}/health/ready"));
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
