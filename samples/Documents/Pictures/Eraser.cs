using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Paints over what was dealt with.</summary>
internal static class Eraser
{
    private const int Margin = 2;

    /// <summary>Fills a place, and a little around it, with the middle one of the colours on its border.</summary>
    public static void Erase(SKBitmap bitmap, SKRectI place)
    {
        place.Inflate(Margin, Margin);
        if (!place.IntersectsWith(bitmap.Info.Rect))
        {
            return;
        }

        place.Intersect(bitmap.Info.Rect);
        var colours = Border(place).Select(at => bitmap.GetPixel(at.X, at.Y)).OrderBy(colour => colour.Red + colour.Green + colour.Blue).ToArray();
        bitmap.Erase(colours[colours.Length / 2], place);
    }

    private static IEnumerable<(int X, int Y)> Border(SKRectI place)
    {
        for (var x = place.Left; x < place.Right; x++)
        {
            yield return (x, place.Top);
            yield return (x, place.Bottom - 1);
        }

        for (var y = place.Top; y < place.Bottom; y++)
        {
            yield return (place.Left, y);
            yield return (place.Right - 1, y);
        }
    }
}
