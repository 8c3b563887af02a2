using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>A cluster as <c>scripts/cluster</c> starts it.</summary>
/// <param name="size">How many of what.</param>
public abstract class ProcessCluster(params string[] size) : IAsyncLifetime
{
    private const int LastLines = 10;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private readonly Dictionary<(string Part, string Text), int> _said = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-cluster-").FullName;

    /// <summary>Settings of all processes besides those that the script gives them.</summary>
    protected IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The project's root folder.</summary>
    public static string Root { get; } = FindRoot();

    public Gateway First { get; private set; } = null!; // Set before any test.

    public Gateway Second { get; private set; } = null!; // Set before any test.

    /// <summary>How a process of one's own finds the cluster.</summary>
    public IReadOnlyDictionary<string, string> ClientSettings => new Dictionary<string, string> { ["BlueEdge__Redis"] = Redis };

    /// <summary>How a process of one's own becomes a part of it.</summary>
    public IReadOnlyDictionary<string, string> ProcessSettings
    {
        get
        {
            Dictionary<string, string> settings = new(ClientSettings) { ["BlueEdge__Blobs__Path"] = Path.Combine(_folder, "blobs") };
            if (File.Exists(Path.Combine(_folder, "kafka.address")))
            {
                settings["BlueEdge__Kafka__BootstrapServers"] = File.ReadAllText(Path.Combine(_folder, "kafka.address")).Trim();
            }

            return settings;
        }
    }

    /// <summary>Where the cluster's Redis is on this machine.</summary>
    protected int RedisPort => ReadPort("redis", "redis");

    private string Redis => $"127.0.0.1:{RedisPort}";

    public virtual async ValueTask InitializeAsync()
    {
        await UpAsync();
        First = new(AddressOf("gateway-1"));
        Second = Parts.Contains("gateway-2", StringComparer.Ordinal) ? new(AddressOf("gateway-2")) : First;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        First?.Dispose();
        Second?.Dispose();
        await RunAsync("down");
        try
        {
            Canaries.RequireNoneIn(Directory.GetFiles(_folder, "*.log"));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Starts what does not run; sessions are taken when it returns.</summary>
    public Task UpAsync() => RunAsync(Settings.AsReadOnly(), ["up", "--no-build", .. size]);

    public Task KillAsync(string part) => RunAsync("kill", part);

    public Task StopAsync(string part) => RunAsync("stop", part);

    /// <summary>Starts a part with the cluster's settings.</summary>
    public Task StartAsync(string part) => StartAsync(part, Settings.AsReadOnly());

    /// <summary>Starts a part with settings of its own.</summary>
    public Task StartAsync(string part, IReadOnlyDictionary<string, string> settings) => RunAsync(settings, "start", part);

    public Task ResumeAsync(string part) => RunAsync("resume", part);

    /// <summary>All parts, by name.</summary>
    public IReadOnlyList<string> Parts => [.. Directory.GetFiles(Path.Combine(_folder, "ports")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Whether items go through Kafka.</summary>
    public bool HasKafka => Parts.Contains("kafka", StringComparer.Ordinal);

    /// <summary>How much memory each process of ours has, in bytes.</summary>
    public IReadOnlyDictionary<string, long> ReadMemory() => Parts
        .Where(part => part is not ("redis" or "kafka"))
        .ToDictionary(part => part, part =>
        {
            var line = File.ReadLines($"/proc/{PidOf(part)}/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        });

    /// <summary>Waits until nothing waits and no slot is taken: whatever happened, that is how it ends.</summary>
    public async Task IsIdleAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (true)
        {
            var answer = await Second.Http.GetFromJsonAsync<JsonElement>(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);
            var engines = answer.GetProperty("data").GetProperty("engines").EnumerateArray().ToList();
            var demand = engines.Sum(engine => engine.GetProperty("waiting").GetInt32() + engine.GetProperty("working").GetInt32());
            if (demand == 0)
            {
                return;
            }

            Assert.False(patience.IsCancellationRequested, $"There is still a demand of {demand}: {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task PauseAsync(string part) => RunAsync("pause", part);

    /// <summary>Waits until a part has said something in its log, at least as often as before and once more.</summary>
    public async Task SaidAsync(string part, string text)
    {
        var said = _said.GetValueOrDefault((part, text));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        int count;
        while ((count = (await File.ReadAllTextAsync(LogOf(part), patience.Token)).Split(text).Length - 1) <= said)
        {
            // Another process's file has no event to wait for.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        _said[(part, text)] = count;
    }

    /// <summary>The parts that do not run, each with the end of its log.</summary>
    public IReadOnlyDictionary<string, string> FindEnded() => Parts.Where(part => !Runs(part)).ToDictionary(
        part => part, part => string.Join('\n', File.ReadLines(Path.Combine(_folder, $"{part}.log")).TakeLast(LastLines)));

    /// <summary>The part whose engine instance this is.</summary>
    public string FindHost(string instance)
    {
        // An instance is engine/address:port@start.
        var port = instance[(instance.LastIndexOf(':') + 1)..instance.LastIndexOf('@')];
        return Directory.GetFiles(Path.Combine(_folder, "ports"), "host-*").Select(Path.GetFileName)
            .First(host => ReadPort(host!, "silo").ToString(CultureInfo.InvariantCulture) == port)!; // A file has a name.
    }

    /// <summary>How many blobs the store has of a session.</summary>
    public int CountBlobs(string session) => Directory.GetFiles(Path.Combine(_folder, "blobs", session)).Length;

    /// <summary>What a part answers at an address of its own.</summary>
    public async Task<string> ReadAsync(string part, string path)
    {
        using var http = new HttpClient { BaseAddress = AddressOf(part) };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends the cluster's Redis a command.</summary>
    public Task<(int ExitCode, string Output)> TellRedisAsync(params string[] command) =>
        Command.RunAsync("redis-cli", ["-p", $"{RedisPort}", .. command]);

    /// <summary>Runs a silo's program to its end, on the ports of a silo that is there.</summary>
    public Task<(int ExitCode, string Output)> RunSecondAsync(string silo) => Command.RunAsync(
        "dotnet",
        [Path.Combine(Root, "artifacts", "bin", "CoreSilo", "release", "BlueEdge.CoreSilo.dll")],
        new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["BlueEdge__Redis"] = Redis,
            ["BlueEdge__Blobs__Path"] = Path.Combine(_folder, "blobs"),
            ["BlueEdge__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["BlueEdge__Cluster__SiloPort"] = $"{ReadPort(silo, "silo")}",
            ["BlueEdge__Cluster__GatewayPort"] = $"{ReadPort(silo, "gateway")}",
        });

    public int SiloPortOf(string part) => ReadPort(part, "silo");

    public int ScalerPortOf(string silo) => ReadPort(silo, "scaler");

    public async Task<HttpStatusCode> GetStatusAsync(string part, string path)
    {
        using var http = new HttpClient { BaseAddress = AddressOf(part) };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>Waits until a part that starts answers that it lives.</summary>
    public async Task UntilLiveAsync(string part)
    {
        // Another process has no event to wait for.
        for (var since = Stopwatch.StartNew(); since.Elapsed < LongestStart; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            try
            {
                Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(part, "health/live"));
                return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        Assert.Fail($"{part} did not live within {LongestStart}.");
    }

    /// <summary>Waits until a part's readiness says this, for it may ask its servers for some seconds before.</summary>
    public async Task UntilToldAsync(string part, string reason)
    {
        string told;
        for (var since = Stopwatch.StartNew(); !(told = await ReadAsync(part, "health/ready")).Contains(reason, StringComparison.Ordinal); await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.True(since.Elapsed < LongestStart, $"{part} did not say '{reason}' within {LongestStart}, but: {told}");
        }
    }

    /// <summary>The part whose log said this last, by the times in it.</summary>
    public string LastToSay(string text) => Parts.Where(part => File.Exists(LogOf(part)))
        .Select(part => (Part: part, Line: File.ReadLines(LogOf(part)).LastOrDefault(line => line.Contains(text, StringComparison.Ordinal))))
        .Where(each => each.Line is not null)
        .MaxBy(each => each.Line, StringComparer.Ordinal).Part; // A line begins with its time.

    /// <summary>How long a part's log is: what it says from here on is looked for by <see cref="UntilLoggedAsync"/>.</summary>
    public long EndOfLog(string part) => new FileInfo(LogOf(part)).Length;

    /// <summary>Waits until a part's log says this behind a place in it. A file has no event to wait for.</summary>
    public async Task UntilLoggedAsync(string part, string text, long after)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            await using var log = new FileStream(LogOf(part), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            log.Seek(after, SeekOrigin.Begin);
            using var reader = new StreamReader(log);
            if ((await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.True(since.Elapsed < LongestStart, $"The log of {part} did not say '{text}' within {LongestStart}.");
        }
    }

    /// <summary>A process's client of the cluster, in this process.</summary>
    /// <param name="add">Adds what it has besides.</param>
    public async Task<IHost> ConnectAsync(Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddBlueEdgeClient(options => options.Redis = Redis);
        add?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Sets a port of a part that is not there yet.</summary>
    protected void SetPort(string part, string name, int port)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "ports"));
        File.WriteAllText(Path.Combine(_folder, "ports", part), $"{name}={port}\n");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has BlueEdge.sln.");
    }

    private string LogOf(string part) => Path.Combine(_folder, $"{part}.log");

    private Uri AddressOf(string part) => new($"http://127.0.0.1:{ReadPort(part, "http")}");

    public string PidOf(string part) => ReadProcess(part)[0];

    /// <summary>The id of a part's process, and when it was started, which tells it from a later one with that id.</summary>
    private string[] ReadProcess(string part) => File.ReadAllText(Path.Combine(_folder, $"{part}.pid")).Trim().Split(' ');

    /// <summary>Whether a part's process is there, and more than a zombie.</summary>
    private bool Runs(string part)
    {
        const int Started = 19;
        var process = ReadProcess(part);
        try
        {
            var stat = File.ReadAllText($"/proc/{process[0]}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is not ("Z" or "X") && fields[Started] == process[1];
        }
        catch (IOException)
        {
            return false;
        }
    }

    private int ReadPort(string part, string name) => int.Parse(
        File.ReadLines(Path.Combine(_folder, "ports", part)).Select(line => line.Split('=')).First(pair => pair[0] == name)[1], CultureInfo.InvariantCulture);

    private Task RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    private async Task RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var (exitCode, output) = await Command.RunAsync(Path.Combine(Root, "scripts", "cluster"), [.. arguments, "--dir", _folder], settings);
        Assert.True(exitCode == 0, $"scripts/cluster {string.Join(' ', arguments)} ended with {exitCode}. It wrote:\n{output}");
    }
}
