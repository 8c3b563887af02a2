using System.Globalization;
using Garnet;
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>The embedded mode's Redis: Microsoft.Garnet in this process, on a free loopback port, with its data folder.</summary>
internal sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly GarnetServer _server;
    private readonly ILoggerFactory _loggers;

    private EmbeddedStore(DataFolder folder, GarnetServer server, ConnectionMultiplexer connection, ILoggerFactory loggers) =>
        (Folder, _server, Connection, _loggers) = (folder, server, connection, loggers);

    public DataFolder Folder { get; }

    public ConnectionMultiplexer Connection { get; }

    /// <summary>Starts it on what the folder holds; it answers when this returns.</summary>
    /// <exception cref="BlueEdgeException">Another process has the folder.</exception>
    public static async Task<EmbeddedStore> StartAsync(string dataPath, IConfiguration logging)
    {
        var folder = DataFolder.Open(dataPath);
        var loggers = LoggerFactory.Create(builder => builder.AddConfiguration(logging).AddSimpleConsole());
        var port = FreePorts.Take();
        var server = new GarnetServer(
            [
                "--bind", "127.0.0.1",
                "--port", port.ToString(CultureInfo.InvariantCulture),
                "-q",

                // Orleans' membership needs Lua.
                "--lua",

                // A write is answered before it is in the log file; see CommittedLog for what is told to callers.
                "--aof", "--recover", "--fail-on-recovery-error",
                "--checkpointdir", folder.Store,

                // Over this size a checkpoint is taken and the log cut, so that neither disk nor recovery time grow for ever.
                "--aof-size-limit", "256m", "--aof-segment-size", "64m", "--aof-memory", "32m", "--aof-page-size", "8m",

                // A limit, taken page by page as data come. Beyond it Garnet would drop data, so it is never to be reached.
                "--memory", "16g", "--page", "2m", "--index", "16m",

                // The native device needs libaio and hangs without it.
                "--device-type", "RandomAccess",
            ],
            loggers);
        server.Start();
        await File.WriteAllTextAsync(folder.StorePort, port.ToString(CultureInfo.InvariantCulture));
        return new(folder, server, await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}"), loggers);
    }

    /// <summary>Ends it; to be called after all that uses it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _server.Dispose();
        Folder.Dispose();
        _loggers.Dispose();
    }
}
