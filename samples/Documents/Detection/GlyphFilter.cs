using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Tells what may be a letter, or letters that touch, from dust, rules, frames and the texture of photographs.</summary>
internal static class GlyphFilter
{
    private const int MinHeight = 4;
    private const int MinArea = 6;
    private const int MaxHeight = 400;

    // In a photograph no brightness is common: below this share of paper there is no print.
    private const double MinEvenness = 0.5;

    public static List<Glyph> Keep(IEnumerable<Glyph> glyphs, GreyPicture picture, ToneGrid tones) =>
        [.. glyphs.Where(glyph => !TouchesEdge(glyph, picture) && IsLetterLike(glyph, tones))];

    // What is cut off is a scanner's dark border or the rest of a photograph, hardly ever a letter.
    private static bool TouchesEdge(Glyph glyph, GreyPicture picture) =>
        glyph.Left == 0 || glyph.Top == 0 || glyph.Right == picture.Width || glyph.Bottom == picture.Height;

    private static bool IsLetterLike(Glyph glyph, ToneGrid tones) =>
        glyph is { Height: >= MinHeight and <= MaxHeight, Area: >= MinArea }
        && glyph.Height <= 12 * glyph.Width
        && glyph.Fill >= MinFill(glyph)
        && tones.At((glyph.Left + glyph.Right) / 2, (glyph.Top + glyph.Bottom) / 2).Evenness >= MinEvenness;

    // What is long is a word whose letters touch, or else a crooked rule, a frame or a curve, which fill less.
    private static double MinFill(Glyph glyph) => glyph.Width > 3 * glyph.Height ? 0.2 : 0.1;
}
