namespace BlueEdge.Samples.ScannedPdf;

/// <summary>An A4 sheet in pixels and in the points of a PDF.</summary>
internal static class Paper
{
    public const int DotsPerInch = 200;
    public const int Width = 1654;
    public const int Height = 2339;
    public const float WidthInPoints = Width * 72f / DotsPerInch;
    public const float HeightInPoints = Height * 72f / DotsPerInch;
    public const int Margin = 190;
}
