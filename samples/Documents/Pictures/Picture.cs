using System.Collections.Immutable;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>A decoded picture as a viewer shows it: upright by what the file says, and on white where it is transparent. Opaque, grey or in colours.</summary>
/// <param name="bitmap">Of type Gray8 or Rgba8888, without gaps between rows; it is disposed with the picture.</param>
/// <param name="complaints">What is doubtful about the pixels.</param>
internal sealed class Picture(SKBitmap bitmap, ImmutableArray<string> complaints) : IDisposable
{
    // The picture goes through a pipe to the next process: small matters less than soon.
    private static readonly SKPngEncoderOptions Fast = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 1);

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public bool IsGrey => bitmap.ColorType == SKColorType.Gray8;

    public ReadOnlySpan<byte> Pixels => bitmap.GetPixelSpan();

    public ImmutableArray<string> Complaints { get; } = complaints;

    /// <summary>The bytes of one row.</summary>
    public ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * bitmap.RowBytes, bitmap.RowBytes);

    /// <summary>The picture turned clockwise.</summary>
    /// <param name="degrees">A multiple of 90.</param>
    public Picture Turn(int degrees) => new(Orientation.Apply(bitmap, Orientation.OfTurn(degrees)), Complaints);

    /// <summary>The picture with some places painted over in the colour around each.</summary>
    public Picture Without(IEnumerable<SKRectI> places)
    {
        var rest = bitmap.Copy();
        foreach (var place in places)
        {
            Eraser.Erase(rest, place);
        }

        return new(rest, Complaints);
    }

    public ReadOnlyMemory<byte> ToPng()
    {
        using var pixels = bitmap.PeekPixels();
        using var png = pixels.Encode(Fast) ?? throw new InvalidOperationException($"A picture of {Width} x {Height} cannot be written as PNG.");
        return png.ToArray();
    }

    public void Dispose() => bitmap.Dispose();
}
