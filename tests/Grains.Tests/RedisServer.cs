using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BlueEdge.Grains.Tests;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisServer))]

namespace BlueEdge.Grains.Tests;

/// <summary>
/// A real Redis for this assembly's tests, each of which brings its own keys: the one that BLUEEDGE_TEST_REDIS names, else
/// a redis-server of its own with the append-only file on.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-redis-").FullName;
    private Process? _process;
    private ConnectionMultiplexer? _connection;

    public string ConnectionString { get; private set; } = "";

    public IConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("BLUEEDGE_TEST_REDIS") is { Length: > 0 } given)
        {
            ConnectionString = given;
        }
        else
        {
            var port = FreePort();
            ConnectionString = $"127.0.0.1:{port}";
            _process = Process.Start(new ProcessStartInfo(
                "redis-server",
                ["--port", $"{port}", "--bind", "127.0.0.1", "--appendonly", "yes", "--save", "", "--dir", _folder, "--loglevel", "warning"]));
        }

        var options = ConfigurationOptions.Parse(ConnectionString);
        options.ConnectRetry = 100;
        options.ConnectTimeout = 200;
        options.AbortOnConnectFail = false;
        _connection = await ConnectionMultiplexer.ConnectAsync(options);
        for (var waited = Stopwatch.StartNew(); !_connection.IsConnected;)
        {
            Assert.True(waited.Elapsed < Patience, $"No Redis answered at {ConnectionString} within {Patience.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a signal to the server: STOP has it hang, CONT go on, KILL die.</summary>
    public async Task SignalAsync(string signal)
    {
        var process = _process ?? throw new InvalidOperationException("The Redis of BLUEEDGE_TEST_REDIS is not ours to signal.");
        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Sets a setting of the server.</summary>
    public async Task SetAsync(string setting, string value)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", ConnectionString[(ConnectionString.LastIndexOf(':') + 1)..], "CONFIG", "SET", setting, value]) { UseShellExecute = false, RedirectStandardOutput = true });
        await cli!.WaitForExitAsync(); // It was started.
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
