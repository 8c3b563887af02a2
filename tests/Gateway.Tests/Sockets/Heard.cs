using System.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>What a gateway said by a socket.</summary>
/// <param name="Control">A control message; undefined where it is none.</param>
/// <param name="Frame">A frame of an item; empty where it is none.</param>
/// <param name="CloseCode">The close code; 0 where it is none.</param>
/// <param name="Reason">Why it closes.</param>
internal sealed record Heard(JsonElement Control, byte[] Frame, int CloseCode = 0, string Reason = "")
{
    public string Type => Control.ValueKind is JsonValueKind.Object ? Text("type") : CloseCode != 0 ? "close" : "item";

    public int Flags => Frame[1];

    public int Channel => BitConverter.ToUInt16(Frame, 2);

    /// <summary>The item's cursor.</summary>
    public string Cursor => $"{BitConverter.ToUInt32(Frame, 4)}:{BitConverter.ToUInt64(Frame, 8)}";

    public string Metadata => Encoding.UTF8.GetString(Frame, 24, MetadataLength);

    public byte[] Content => Frame[(24 + MetadataLength)..];

    public string ContentText => Encoding.UTF8.GetString(Content);

    private int MetadataLength => BitConverter.ToInt32(Frame, 16);

    public string Text(string member) => Control.TryGetProperty(member, out var value) ? value.ToString() : "";
}
