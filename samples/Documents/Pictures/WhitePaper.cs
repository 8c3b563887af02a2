using System.Runtime.InteropServices;

namespace BlueEdge.Samples.Documents.Pictures;

internal static class WhitePaper
{
    /// <summary>Lays premultiplied RGBA pixels on white, so that what is transparent does not read as black.</summary>
    public static void Lay(Span<byte> rgba)
    {
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(rgba))
        {
            var white = 255 - (pixel >> 24);
            if (white != 0)
            {
                pixel = 0xFF000000 | Add(pixel & 255, white) | (Add((pixel >> 8) & 255, white) << 8) | (Add((pixel >> 16) & 255, white) << 16);
            }
        }
    }

    private static uint Add(uint part, uint white) => Math.Min(255, part + white);
}
