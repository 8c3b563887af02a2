using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Silo.Tests.Processes;

/// <summary>The built silo as a process of its own, on a free port and a folder that goes when it goes.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)); // artifacts/bin/PROJECT/release.
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(20);

    /// <summary>Stands for the silo's port in a setting.</summary>
    private const string Port = "{port}";

    private readonly bool _ownsData;
    private readonly int? _descriptors;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _shown = [];
    private ConcurrentQueue<string> _output = [];
    private Process? _process;

    private SiloProcess(string? dataPath, IReadOnlyDictionary<string, string>? settings, int? descriptors)
    {
        _descriptors = descriptors;
        _ownsData = dataPath is null;
        _settings = settings ?? new Dictionary<string, string>();
        DataPath = dataPath ?? Directory.CreateTempSubdirectory("blueedge-silo-").FullName;
        Http = new() { BaseAddress = new($"http://127.0.0.1:{FreePort()}") };
    }

    /// <summary>Settings of a silo that other machines can reach.</summary>
    public static IReadOnlyDictionary<string, string> OnEveryAddress { get; } =
        new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://0.0.0.0:{Port}", ["BlueEdge__Auth__Mode"] = "None" };

    public string DataPath { get; }

    /// <summary>Speaks to the process, also after it was started again.</summary>
    public HttpClient Http { get; }

    /// <summary>What the process wrote since its last start, errors too.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Processor time it took from its last start until now.</summary>
    public TimeSpan ProcessorTime => Running.TotalProcessorTime;

    /// <summary>Bytes of memory that it has now, with the files it has mapped.</summary>
    public long Memory
    {
        get
        {
            Running.Refresh();
            return Running.WorkingSet64;
        }
    }

    public int Id => Running.Id;

    private Process Running => _process ?? throw new InvalidOperationException("The silo is not started.");

    /// <summary>Starts a silo and returns once it takes sessions.</summary>
    /// <param name="dataPath">Its data; a new folder unless given.</param>
    /// <param name="settings">Environment variables besides those of the test.</param>
    /// <param name="descriptors">How many files and connections it may have open at once; as many as the test unless given.</param>
    public static async Task<SiloProcess> StartAsync(string? dataPath = null, IReadOnlyDictionary<string, string>? settings = null, int? descriptors = null)
    {
        var silo = Launch(dataPath, settings, descriptors);
        try
        {
            await silo.WaitUntilReadyAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a silo and returns at once.</summary>
    public static SiloProcess Launch(string? dataPath = null, IReadOnlyDictionary<string, string>? settings = null, int? descriptors = null)
    {
        var silo = new SiloProcess(dataPath, settings, descriptors);
        silo.Launch();
        return silo;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
    }

    /// <summary>Ends it as <c>kill</c> does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Running.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    /// <summary>Starts it again on its data and its address, and returns once it takes sessions.</summary>
    public async Task RestartAsync()
    {
        Assert.True(Running.HasExited, "The silo still runs: kill or stop it first.");
        Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Returns its exit code once it has ended by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        try
        {
            await Running.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The silo did not end within {Patience.TotalSeconds} s. It wrote:\n{Output}");
        }

        return Running.ExitCode;
    }

    public async Task<HttpStatusCode> GetStatusAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { } process)
        {
            if (!process.HasExited)
            {
                await KillAsync();
            }

            process.Dispose();
        }

        if (_ownsData)
        {
            Directory.Delete(DataPath, recursive: true);
        }

        Canaries.RequireNone(_shown, "a silo's, at any of its starts");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Launch()
    {
        string[] program = ["dotnet", Path.Combine(Own.Parent!.Parent!.FullName, "Silo", Own.Name, "BlueEdge.Silo.dll")];
        if (_descriptors is { } limit)
        {
            program = ["prlimit", $"--nofile={limit}:{limit}", .. program];
        }

        var start = new ProcessStartInfo(program[0], program[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataPath,
            Environment = { ["ASPNETCORE_URLS"] = Http.BaseAddress!.ToString(), ["BlueEdge__DataPath"] = DataPath },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value.Replace(Port, Http.BaseAddress.Port.ToString(CultureInfo.InvariantCulture));
        }

        var output = _output = [];
        _process?.Dispose();
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(string? line)
        {
            if (line is not null)
            {
                output.Enqueue(line);
                Canaries.Note(line, _shown);
            }
        }
    }

    /// <summary>Another process has no event to wait for, so its readiness is asked for again and again.</summary>
    private async Task WaitUntilReadyAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Probe, TimeProvider.System))
        {
            if (Running.HasExited)
            {
                // All that it wrote has come then.
                await Running.WaitForExitAsync();
                Assert.Fail($"The silo ended before it was ready, with {Running.ExitCode}. It wrote:\n{Output}");
            }

            try
            {
                using var ready = await Http.GetAsync(new Uri("health/ready", UriKind.Relative));
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

        Assert.Fail($"The silo was not ready within {Patience.TotalSeconds} s. It wrote:\n{Output}");
    }
}
