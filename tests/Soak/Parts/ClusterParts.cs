using System.Collections.Concurrent;
using System.Globalization;

namespace BlueEdge.Soak.Parts;

/// <summary>A cluster as <c>scripts/cluster</c> runs it: two core silos, two engine hosts, two gateways, Redis, and Kafka where it is found.</summary>
/// <param name="root">The project's root folder.</param>
/// <param name="former">That of a former build, with which the parts begin; <see langword="null"/> where there is none.</param>
/// <param name="folder">Data and logs.</param>
/// <param name="settings">Environment variables of all parts.</param>
internal sealed class ClusterParts(string root, string? former, string folder, IReadOnlyDictionary<string, string> settings) : IParts
{
    private readonly ConcurrentDictionary<string, bool> _updated = new(StringComparer.Ordinal);

    private static readonly string[] Size = ["--silos", "2", "--hosts", "2", "--gateways", "2"];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public IReadOnlyList<string> Names { get; private set; } = [];

    public IReadOnlyDictionary<string, Uri> Gateways => Names.Where(part => part.StartsWith("gateway", StringComparison.Ordinal)).ToDictionary(part => part, AddressOf);

    public int Hosts => Names.Count(part => part.StartsWith("host", StringComparison.Ordinal));

    public string Redis => $"127.0.0.1:{ReadPort("redis", "redis")}";

    public async Task UpAsync()
    {
        await RunAsync(["up", "--no-build", "--from", former ?? root, .. Size]);
        Names = [.. Directory.GetFiles(Path.Combine(folder, "ports")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    public Task DownAsync() => RunAsync("down");

    public Task KillAsync(string part) => RunAsync("kill", part);

    public Task StopAsync(string part) => RunAsync("stop", part);

    public Task StartAsync(string part) => RunAsync("start", part, "--from", _updated.ContainsKey(part) ? root : former ?? root);

    public void Update(string part) => _updated[part] = true;

    public Task PauseAsync(string part) => RunAsync("pause", part);

    public Task ResumeAsync(string part) => RunAsync("resume", part);

    public bool Runs(string part) => ReadProcess(part) is [var id, var start] && ProcessFiles.Runs(id, start);

    public async Task<bool> IsReadyAsync(string part)
    {
        if (part is "redis" or "kafka")
        {
            return Runs(part);
        }

        try
        {
            using var response = await _http.GetAsync(new Uri(AddressOf(part), "health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public long? ReadMemory(string part) => part is "redis" or "kafka" || ReadProcess(part) is not [var id, _] ? null : ProcessFiles.ReadMemory(id);

    public string LogOf(string part) => Path.Combine(folder, $"{part}.log");

    public void Dispose() => _http.Dispose();

    private Uri AddressOf(string part) => new($"http://127.0.0.1:{ReadPort(part, "http")}");

    private int ReadPort(string part, string name) => int.Parse(
        File.ReadLines(Path.Combine(folder, "ports", part)).Select(line => line.Split('=')).First(pair => pair[0] == name)[1], CultureInfo.InvariantCulture);

    /// <summary>The id of a part's process, and when it was started.</summary>
    private string[] ReadProcess(string part)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, $"{part}.pid")).Trim().Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private Task RunAsync(params string[] arguments) => Command.RunAsync(Path.Combine(root, "scripts", "cluster"), [.. arguments, "--dir", folder], settings);
}
