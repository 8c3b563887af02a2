namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Brightness alone, 0 (black) to 255 (white), row after row.</summary>
internal sealed record GreyPicture(int Width, int Height, byte[] Pixels)
{
    public ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(y * Width, Width);
}
