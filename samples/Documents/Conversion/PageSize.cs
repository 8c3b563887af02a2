namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>A page's size in points of 1/72 inch.</summary>
internal sealed record PageSize(double Width, double Height)
{
    public double Pixels(int dpi) => Width * dpi / 72 * Height * dpi / 72;
}
