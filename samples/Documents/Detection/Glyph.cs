namespace BlueEdge.Samples.Documents.Detection;

/// <summary>A connected shape of ink: a letter, a part of one, several that touch, or no letter at all.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
/// <param name="Area">Its pixels of ink.</param>
/// <param name="Runs">How many unbroken rows of ink it is made of.</param>
internal sealed record Glyph(int Left, int Top, int Right, int Bottom, int Area, int Runs)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public double CentreX => (Left + Right) / 2.0;

    /// <summary>About how wide a pen wrote it; a blob's is about its own width.</summary>
    public double Stroke => Area / (double)Runs;

    public double Fill => Area / ((double)Width * Height);
}
