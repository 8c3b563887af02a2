using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

/// <summary>DejaVu Serif, by path: SkiaSharp without dependencies does not ask fontconfig.</summary>
internal sealed class FontSet : IDisposable
{
    private const string Folder = "/usr/share/fonts/truetype/dejavu";
    private readonly SKTypeface _regular;
    private readonly SKTypeface _bold;

    private FontSet(SKTypeface regular, SKTypeface bold)
    {
        _regular = regular;
        _bold = bold;
    }

    public static FontSet Load() => new(Open("DejaVuSerif.ttf"), Open("DejaVuSerif-Bold.ttf"));

    /// <param name="points">The size in points; a pixel is 1/200 inch.</param>
    /// <param name="bold">Whether the letters are heavy.</param>
    public SKFont Font(float points, bool bold) => new(bold ? _bold : _regular, points * Paper.DotsPerInch / 72f);

    public void Dispose()
    {
        _regular.Dispose();
        _bold.Dispose();
    }

    private static SKTypeface Open(string file) =>
        SKTypeface.FromFile(Path.Combine(Folder, file))
        ?? throw new FileNotFoundException($"{Folder}/{file} is missing; install it with: apt-get install fonts-dejavu-extra fonts-dejavu-core");
}
