using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Sockets.Frames;

/// <summary>A message on its way to a client.</summary>
/// <param name="Type">Text or binary.</param>
/// <param name="Head">Its begin.</param>
/// <param name="Content">Its rest.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutFrame(WebSocketMessageType Type, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Content)
{
    /// <summary>About what an empty one costs while it waits.</summary>
    private const int Overhead = 128;

    /// <summary>What it takes of the queue.</summary>
    public int Weight => Head.Length + Content.Length + Overhead;
}
