using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

internal static class LineBreaker
{
    /// <summary>Fills each row with as many words as fit, and never divides a word.</summary>
    public static IEnumerable<string> Break(string text, SKFont font, float width)
    {
        var row = "";
        foreach (var word in text.Split(' '))
        {
            var longer = row.Length == 0 ? word : $"{row} {word}";
            if (row.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return row;
                longer = word;
            }

            row = longer;
        }

        yield return row;
    }
}
