using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Store.Redis.Clustering;

/// <summary>
/// Looks whether a silo's ports are free before it starts: by the time it finds out itself it has told the cluster that whoever
/// has them is dead.
/// </summary>
internal static class SiloPorts
{
    /// <param name="listening">Where it listens, if that is another address than it is known by.</param>
    /// <param name="advertised">The address that it is known by, if that is set.</param>
    /// <param name="port">The port that it is known by; 0 for none.</param>
    public static bool IsFree(IPEndPoint? listening, IPAddress? advertised, int port)
    {
        var endpoint = listening ?? new IPEndPoint(advertised ?? IPAddress.Any, port);
        if (endpoint.Port == 0)
        {
            return true;
        }

        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen();
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException)
        {
            // What else is the matter the silo says itself.
            return true;
        }
    }
}
