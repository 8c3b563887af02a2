using System.Globalization;
using System.Net.Sockets;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>redis-server with its append-only file on.</summary>
internal static class RedisServer
{
    public static async Task<(ChildProcess Process, int Port)> StartRedisAsync(this Workplace place, string name, string fsync = "everysec")
    {
        var port = Workplace.FreePort();
        var process = place.Start(
            name,
            "redis-server",
            ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", place.NewFolder(name), "--appendonly", "yes", "--appendfsync", fsync, "--save", "", "--logfile", "redis.log"]);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port);
                return (process, port);
            }
            catch (SocketException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
