using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds the blocks of text on a page that stands upright, on its head or lies on its side.</summary>
internal static class PageDetector
{
    // A page with less text than this may lie on its side; it does where there is much more that way.
    private const double LittleText = 0.05;
    private const int MuchMore = 2;

    public static DetectedText Detect(Picture picture)
    {
        var upright = TextBlockDetector.Detect(picture);
        if (Area(upright) > (long)picture.Width * picture.Height * LittleText)
        {
            return upright;
        }

        using var turned = picture.Turn(90);
        var sideways = TextBlockDetector.Detect(turned);
        return Area(sideways) > MuchMore * Area(upright)
            ? upright with { Boxes = [.. sideways.Boxes.Select(box => new TextBox(box.Y, picture.Height - box.X - box.Width, box.Height, box.Width))] }
            : upright;
    }

    private static long Area(DetectedText found) => found.Boxes.Sum(box => (long)box.Width * box.Height);
}
