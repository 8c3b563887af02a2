using System.Runtime.InteropServices;
using System.Text.Json;

namespace BlueEdge.Gateway.Json;

/// <summary>Where a value lies in the body. It is checked to be JSON and otherwise left as it came.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RawValue(int Start, int Length)
{
    /// <summary>Passes over the value at which the reader stands.</summary>
    public static RawValue Take(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return new(start, (int)json.BytesConsumed - start);
    }

    /// <summary>The value's bytes, in place.</summary>
    public ReadOnlyMemory<byte> In(ReadOnlyMemory<byte> body) => body.Slice(Start, Length);
}
