using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Streaming.Kafka;

/// <summary>
/// A real broker: the one that BLUEEDGE_TEST_KAFKA names, else one of its own, started by the script ../shared/kafka/kafka
/// beside the repository.
/// </summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string? _script;
    private readonly string _folder;
    private readonly int _port;

    private KafkaBroker(string bootstrapServers, string? script, string folder, int port) =>
        (BootstrapServers, _script, _folder, _port) = (bootstrapServers, script, folder, port);

    /// <summary>Why there is none, or null where there can be one.</summary>
    public static string? Missing =>
        Given is null && Script is null
            ? "No Kafka: set BLUEEDGE_TEST_KAFKA to the bootstrap servers of a running broker, or have ../shared/kafka/kafka beside the repository."
            : null;

    /// <summary>Why there is none that can be killed, or null where there can be one.</summary>
    public static string? MissingOwn => Script is null ? "Only a broker of its own can be killed: ../shared/kafka/kafka is not beside the repository." : null;

    public string BootstrapServers { get; }

    private static string? Given => Environment.GetEnvironmentVariable("BLUEEDGE_TEST_KAFKA") is { Length: > 0 } given ? given : null;

    private static string? Script { get; } = FindScript();

    /// <summary>The broker that is given, else one of its own.</summary>
    public static async Task<KafkaBroker> StartAsync() => Given is { } given ? new(given, null, "", 0) : await StartOwnAsync();

    /// <summary>A broker of its own, that can be killed.</summary>
    public static async Task<KafkaBroker> StartOwnAsync()
    {
        var port = FreePort();
        var broker = new KafkaBroker($"127.0.0.1:{port}", Script, Directory.CreateTempSubdirectory("kafka-test-").FullName, port);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>What a crash does to it.</summary>
    public Task KillAsync() => RunAsync("kill", "--data", _folder);

    public Task StartAgainAsync() => RunAsync("start", "--port", $"{_port}", "--data", _folder, "--heap", "384m");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await KillAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task RunAsync(params string[] arguments)
    {
        // The broker inherits the pipes, so none may be waited for.
        using var process = Process.Start(new ProcessStartInfo(_script!, arguments) { UseShellExecute = false })!; // Found before.
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{_script} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
        }
    }

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                var script = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "kafka", "kafka"));
                return File.Exists(script) ? script : null;
            }
        }

        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
