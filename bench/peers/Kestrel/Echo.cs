using System.Net.WebSockets;

namespace BlueEdge.KestrelPeer;

/// <summary>Sends each message back that comes by a socket, as it is.</summary>
internal static class Echo
{
    public static async Task RunAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault() });
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), http.RequestAborted) is { MessageType: not WebSocketMessageType.Close } piece)
        {
            await socket.SendAsync(buffer.AsMemory(0, piece.Count), piece.MessageType, piece.EndOfMessage, http.RequestAborted);
        }
    }
}
