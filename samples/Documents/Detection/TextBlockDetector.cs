using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>
/// Finds the blocks of text on a picture from its pixels alone: ink against the local paper, connected shapes of ink,
/// shapes that follow each other into lines, lines that follow each other into blocks. Each step is about linear in
/// what it is given.
/// </summary>
internal sealed class TextBlockDetector(DocumentsOptions options)
{
    /// <exception cref="DocumentException">The bytes are not a picture, or it is too large.</exception>
    public DetectedText Detect(ReadOnlyMemory<byte> picture)
    {
        using var file = PictureFile.Open(picture, options);
        using var first = file.Decode(0);
        return Detect(first);
    }

    public static DetectedText Detect(Picture file)
    {
        var factor = Shrinking(file.Width, file.Height);
        var grey = GreyPictureReader.Read(file, factor);
        var tones = ToneGrid.Measure(grey);
        var blocks = new List<TextBlock>();
        foreach (var polarity in Enum.GetValues<Polarity>())
        {
            var glyphs = GlyphFilter.Keep(GlyphFinder.Find(grey, tones, polarity), grey, tones);
            var pieces = LineFinder.Find(glyphs).ToList();
            var slope = PageSlope.Of(pieces.Where(LineShape.IsPrint));
            var lines = LineFilter.Keep(LineJoiner.Join(pieces, slope));
            blocks.AddRange(BlockFinder.Find(lines, slope));
        }

        var boxes = ReadingOrder.Sort(BlockJoiner.Join(blocks)).Select(block => block.ToBox(factor, file.Width, file.Height));
        return new DetectedText(file.Width, file.Height, [.. boxes]);
    }

    /// <summary>
    /// About 100 pixels an inch show where letters are, and averaging takes noise away. A sheet's size in inches is
    /// unknown, so that this goes by pixels: A4 at 200 dpi is halved, at 300 and more taken to a third.
    /// </summary>
    private static int Shrinking(int width, int height) => ((double)width * height) switch
    {
        < 2.2e6 => 1,
        < 6.5e6 => 2,
        < 40e6 => 3,
        var pixels => (int)Math.Ceiling(Math.Sqrt(pixels / 4e6)),
    };
}
