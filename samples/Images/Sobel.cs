namespace BlueEdge.Samples.Images;

/// <summary>Sobel's filter: how much the brightness changes, across and down.</summary>
internal static class Sobel
{
    /// <summary>Draws where a picture changes, |across| + |down|, 255 at most. The outermost pixels, which lack a neighbour, are black.</summary>
    public static void Draw(GreyPlane picture, GreyPlane edges)
    {
        edges.Resize(picture.Width, picture.Height);
        edges.Pixels.Clear();
        for (var y = 1; y < picture.Height - 1; y++)
        {
            Draw(picture.Row(y - 1), picture.Row(y), picture.Row(y + 1), edges.Row(y));
        }
    }

    private static void Draw(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, ReadOnlySpan<byte> below, Span<byte> edges)
    {
        for (var x = 1; x < edges.Length - 1; x++)
        {
            var across = above[x + 1] + (2 * row[x + 1]) + below[x + 1] - above[x - 1] - (2 * row[x - 1]) - below[x - 1];
            var down = below[x - 1] + (2 * below[x]) + below[x + 1] - above[x - 1] - (2 * above[x]) - above[x + 1];
            edges[x] = (byte)Math.Min(255, Math.Abs(across) + Math.Abs(down));
        }
    }
}
