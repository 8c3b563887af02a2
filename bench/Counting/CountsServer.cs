using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace BlueEdge.Counting;

/// <summary>Tells each who connects what was counted so far, as JSON.</summary>
internal static class CountsServer
{
    public static void Start(string folder, MeterCounts counts)
    {
        var path = Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".sock");
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        new Thread(() => Serve(listener, counts)) { IsBackground = true, Name = "counts" }.Start();
    }

    private static void Serve(Socket listener, MeterCounts counts)
    {
        while (true)
        {
            using NetworkStream stream = new(listener.Accept(), ownsSocket: true);
            JsonSerializer.Serialize(stream, counts.Read().ToDictionary(StringComparer.Ordinal));
        }
    }
}
