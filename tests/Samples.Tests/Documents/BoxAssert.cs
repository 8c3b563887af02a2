using BlueEdge.Samples.Documents.Detection;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

internal static class BoxAssert
{
    /// <summary>The boxes are where the ink is, one for one and in order, give or take some pixels on each side.</summary>
    public static void Match(IEnumerable<SKRect> inked, IEnumerable<TextBox> boxes, float tolerance = 16)
    {
        SKRect[] expected = [.. inked];
        TextBox[] actual = [.. boxes];
        Assert.True(
            expected.Length == actual.Length && expected.Zip(actual).All(pair => IsNear(pair.First, pair.Second, tolerance)),
            $"Ink:\n{string.Join('\n', expected)}\nBoxes:\n{string.Join('\n', actual.Select(box => box.ToString()))}");
    }

    private static bool IsNear(SKRect ink, TextBox box, float tolerance) =>
        Math.Abs(ink.Left - box.X) <= tolerance
        && Math.Abs(ink.Top - box.Y) <= tolerance
        && Math.Abs(ink.Right - (box.X + box.Width)) <= tolerance
        && Math.Abs(ink.Bottom - (box.Y + box.Height)) <= tolerance;
}
