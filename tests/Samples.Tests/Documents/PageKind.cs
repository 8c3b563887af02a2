using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>A kind of page, of which each seed gives another one.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Draw">Writes it.</param>
internal sealed record PageKind(string Name, Action<PagePen> Draw)
{
    public int Dpi { get; init; } = 200;

    public SKColor Paper { get; init; } = SKColors.White;

    public SKColor Ink { get; init; } = SKColors.Black;

    public string Face { get; init; } = "DejaVuSans";

    /// <summary>How crookedly it lies, in degrees clockwise.</summary>
    public float Tilt { get; init; }

    /// <summary>The deviation of the noise on each pixel.</summary>
    public double Grain { get; init; }

    /// <summary>The picture: a JPEG where the page has noise, as scanners write it, otherwise a PNG.</summary>
    /// <returns>The file, and where each word was written on it.</returns>
    public (ReadOnlyMemory<byte> File, IReadOnlyList<SKRect> Words) Picture(int seed)
    {
        using var page = new Sketch((int)(PagePen.Width * Dpi / 72), (int)(PagePen.Height * Dpi / 72), Paper) { Face = Face };
        Draw(new PagePen(page, this, seed));
        if (Tilt != 0)
        {
            page.Rotate(Tilt, Paper);
        }

        if (Grain > 0)
        {
            page.Grain(Grain, seed);
        }

        return (page.Encode(Grain > 0 ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png), page.Words);
    }

    public override string ToString() => Name;
}
