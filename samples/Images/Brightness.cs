namespace BlueEdge.Samples.Images;

internal static class Brightness
{
    /// <summary>
    /// The brightness of pixels on white: Y' of ITU-R BT.601, as JPEG has it, 0.299 R + 0.587 G + 0.114 B.
    /// </summary>
    /// <param name="colours">Red in the lowest byte, then green, blue and alpha, which the colours are multiplied by.</param>
    /// <param name="grey">As many.</param>
    public static void Of(ReadOnlySpan<uint> colours, Span<byte> grey)
    {
        for (var i = 0; i < grey.Length; i++)
        {
            var colour = colours[i];
            var seen = ((77 * (colour & 0xFF)) + (150 * ((colour >> 8) & 0xFF)) + (29 * ((colour >> 16) & 0xFF)) + 128) >> 8;
            grey[i] = (byte)Math.Min(255, seen + 255 - (colour >> 24));
        }
    }
}
