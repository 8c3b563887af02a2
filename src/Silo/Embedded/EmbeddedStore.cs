using System.Globalization;
using Garnet;

namespace BlueEdge.Silo.Embedded;

/// <summary>The embedded mode's Redis: Microsoft.Garnet in this process, on a free loopback port.</summary>
internal sealed class EmbeddedStore : IDisposable
{
    private readonly GarnetServer _server;

    private EmbeddedStore(GarnetServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts it on what the folder holds; it answers when this returns.</summary>
    public static EmbeddedStore Start(DataFolder folder, ILoggerFactory loggers)
    {
        var port = FreePorts.Take();
        var server = new GarnetServer(
            [
                "--bind", "127.0.0.1",
                "--port", port.ToString(CultureInfo.InvariantCulture),
                "-q",

                // Orleans' membership needs Lua.
                "--lua",

                // A write is answered once it is in the log file: what was acknowledged outlives the process.
                "--aof", "--aof-commit-wait", "--recover", "--fail-on-recovery-error",
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
        File.WriteAllText(folder.StorePort, port.ToString(CultureInfo.InvariantCulture));
        return new(server, port);
    }

    public void Dispose() => _server.Dispose();
}
