namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>The size of a page's crop box, which is what a viewer shows, in points of 1/72 inch and before it is turned.</summary>
internal sealed record PageSize(double Width, double Height)
{
    /// <summary>The longer side that a JPEG can have.</summary>
    public const int LongestSide = 65500;

    public double Pixels(int dpi) => Width * dpi / 72 * Height * dpi / 72;

    /// <summary>Why the page is not drawn at this dpi, and what to do about it; null where it is.</summary>
    public string? Fault(int dpi, int megapixels)
    {
        var (width, height) = (Math.Ceiling(Width * dpi / 72), Math.Ceiling(Height * dpi / 72));
        if (Width * dpi / 72 < 1 || Height * dpi / 72 < 1)
        {
            return $"it is {Width:0.######} x {Height:0.######} points, less than a pixel at {dpi} dpi";
        }

        var fault = Pixels(dpi) > megapixels * 1e6 ? $"at most {megapixels} million are allowed (BlueEdge:Documents:MaxMegapixels)"
            : Math.Max(width, height) > LongestSide ? $"a picture's side has at most {LongestSide}"
            : null;
        return fault is null ? null : $"it has {width:0} x {height:0} pixels at {dpi} dpi; {fault}. {Advice(megapixels)}";
    }

    private string Advice(int megapixels)
    {
        var dpi = Math.Floor(72 * Math.Min(Math.Sqrt(megapixels * 1e6 / (Width * Height)), LongestSide / Math.Max(Width, Height)));
        return dpi >= PdfRenderer.MinDpi
            ? $"Ask for a dpi of at most {dpi:0}"
            : $"It is too large for the lowest dpi, {PdfRenderer.MinDpi}, too: make the page smaller";
    }
}
