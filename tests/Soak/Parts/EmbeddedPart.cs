using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Soak.Parts;

/// <summary>The embedded mode: all of it in one process, a child of this one.</summary>
/// <param name="root">The project's root folder.</param>
/// <param name="former">That of a former build, with which the process begins; <see langword="null"/> where there is none.</param>
/// <param name="folder">Data and logs.</param>
/// <param name="settings">The process's environment variables.</param>
internal sealed class EmbeddedPart(string root, string? former, string folder, IReadOnlyDictionary<string, string> settings) : IParts
{
    private const string Name = "embedded";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Uri _address = new($"http://127.0.0.1:{TakePort()}");
    private string _root = former ?? root;
    private Process? _process;

    public IReadOnlyList<string> Names => [Name];

    public IReadOnlyDictionary<string, Uri> Gateways => new Dictionary<string, Uri> { [Name] = _address };

    public int Hosts => 1;

    public string? Redis => null;

    public Task UpAsync() => StartAsync(Name);

    public async Task DownAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync(Name);
        }
    }

    public async Task KillAsync(string part)
    {
        _process!.Kill(); // It runs.
        await _process.WaitForExitAsync();
    }

    public async Task StopAsync(string part)
    {
        await SignalAsync("TERM");
        await SignalAsync("CONT");
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System); // It runs.
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"The embedded process did not end within {Patience.TotalSeconds:0} s.", late);
        }
    }

    public async Task StartAsync(string part)
    {
        Directory.CreateDirectory(folder);

        // The shell only opens the log, and becomes the program.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" >>\"$1\" 2>&1", Path.Combine(_root, "artifacts", "bin", "Silo", "release", "BlueEdge.Silo.dll"), LogOf(part)])
        {
            WorkingDirectory = folder,
            Environment = { ["ASPNETCORE_URLS"] = _address.ToString(), ["BlueEdge__DataPath"] = Path.Combine(folder, "data") },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process?.Dispose();
        _process = Process.Start(start)!; // Without a shell of the system's it starts or throws.
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(part); await Task.Delay(Pause, TimeProvider.System))
        {
            if (_process.HasExited || waited.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The embedded process {(_process.HasExited ? $"ended with {_process.ExitCode}" : "is not ready")} after {waited.Elapsed.TotalSeconds:0} s; {LogOf(part)} may say why.");
            }
        }
    }

    public void Update(string part) => _root = root;

    public Task PauseAsync(string part) => SignalAsync("STOP");

    public Task ResumeAsync(string part) => SignalAsync("CONT");

    public bool Runs(string part) => _process is { HasExited: false };

    public async Task<bool> IsReadyAsync(string part)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(_address, "health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public long? ReadMemory(string part) => _process is { HasExited: false } ? ProcessFiles.ReadMemory(Id) : null;

    public string LogOf(string part) => Path.Combine(folder, $"{Name}.log");

    public void Dispose()
    {
        _http.Dispose();
        _process?.Dispose();
    }

    private string Id => _process!.Id.ToString(CultureInfo.InvariantCulture); // It runs.

    private Task SignalAsync(string signal) => Command.RunAsync("/bin/kill", ["-s", signal, Id], new Dictionary<string, string>());

    /// <summary>A port that nobody listens on, below those that outgoing connections take, so that it is free when the process comes back.</summary>
    private static int TakePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
