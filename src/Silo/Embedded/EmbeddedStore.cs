using System.Globalization;
using Garnet;

namespace BlueEdge.Silo.Embedded;

/// <summary>The embedded mode's Redis: Microsoft.Garnet in this process.</summary>
internal sealed class EmbeddedStore : IDisposable
{
    private readonly GarnetServer _server;

    private EmbeddedStore(GarnetServer server) => _server = server;

    /// <summary>Starts it on what the folder holds, on a loopback port; it answers when this returns.</summary>
    /// <exception cref="BlueEdgeException">What the folder holds cannot be read.</exception>
    public static EmbeddedStore Start(DataFolder folder, int port, ILoggerFactory loggers)
    {
        try
        {
            var server = new GarnetServer(EmbeddedStoreSettings.For(folder.Store, port), loggers);
            server.Start();
            File.WriteAllText(folder.StorePort, port.ToString(CultureInfo.InvariantCulture));
            return new(server);
        }
        catch (Exception error)
        {
            throw new BlueEdgeException(
                $"The embedded store could not start on {folder.Store}: {error.Message} "
                + "Set BlueEdge:DataPath (BlueEdge__DataPath) to another folder, or put back a copy of this one.",
                error);
        }
    }

    public void Dispose() => _server.Dispose();
}
