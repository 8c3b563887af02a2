using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds connected shapes of ink, diagonals included, in one pass over the rows' runs.</summary>
internal static class GlyphFinder
{
    public static IEnumerable<Glyph> Find(GreyPicture picture, ToneGrid tones, Polarity polarity)
    {
        var shapes = new ShapeSet();
        List<InkRun> above = [];
        List<InkRun> row = [];
        for (var y = 0; y < picture.Height; y++)
        {
            row.Clear();
            InkRuns.Find(picture.Row(y), tones.Row(y), polarity, row);
            Join(row, above, y, shapes);
            (above, row) = (row, above);
        }

        return shapes.Glyphs();
    }

    private static void Join(List<InkRun> row, List<InkRun> above, int y, ShapeSet shapes)
    {
        var next = 0;
        foreach (var run in row)
        {
            run.Shape = ShapeSet.None;
            while (next < above.Count && above[next].End < run.Start)
            {
                next++;
            }

            // A run above may touch several below, so that its index is not passed yet.
            for (var index = next; index < above.Count && above[index].Start <= run.End; index++)
            {
                run.Shape = shapes.Unite(run.Shape, above[index].Shape);
            }

            run.Shape = shapes.Add(run.Shape, run.Start, run.End, y);
        }
    }
}
