using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

/// <summary>Sets a page of the manuscript as clean black text on white.</summary>
internal sealed class Typesetter(FontSet fonts)
{
    private const int Gutter = 70;

    public SKBitmap Set(ManuscriptPage page)
    {
        var sheet = new SKBitmap(Paper.Width, Paper.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);

        var y = (float)Paper.Margin;
        var width = Paper.Width - (2f * Paper.Margin);
        var body = new Queue<ManuscriptLine>(page.Lines);
        if (body.TryPeek(out var first) && first.Kind == LineKind.Title)
        {
            y = SetLine(canvas, body.Dequeue(), Paper.Margin, y, width);
        }

        var columnWidth = (width - (Gutter * (page.Columns - 1))) / page.Columns;
        SetColumns(canvas, body, y, columnWidth, page.Columns);
        return sheet;
    }

    private void SetColumns(SKCanvas canvas, Queue<ManuscriptLine> body, float top, float width, int columns)
    {
        var perColumn = (body.Sum(line => line.Text.Length) / columns) + 1;
        for (var column = 0; column < columns; column++)
        {
            var (y, set) = (top, 0);
            while (body.TryPeek(out var next) && (set + (next.Text.Length / 2) < perColumn || column == columns - 1))
            {
                y = SetLine(canvas, body.Dequeue(), Paper.Margin + (column * (width + Gutter)), y, width);
                set += next.Text.Length;
            }
        }
    }

    private float SetLine(SKCanvas canvas, ManuscriptLine line, float x, float y, float width) => line.Kind switch
    {
        LineKind.Title => SetText(canvas, line.Text, x, y, width, points: 22, bold: true, after: 1.1f),
        LineKind.Heading => SetText(canvas, line.Text, x, y + 30, width, points: 13, bold: true, after: 0.9f),
        LineKind.Aside => SetText(canvas, line.Text, x, y, width, points: 10, bold: false, after: 1f),
        LineKind.TableRow => SetRow(canvas, line.Cells, x, y, width),
        _ => SetText(canvas, line.Text, x, y, width, points: 10.5f, bold: false, after: 0.9f),
    };

    private float SetText(SKCanvas canvas, string text, float x, float y, float width, float points, bool bold, float after)
    {
        using var font = fonts.Font(points, bold);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        foreach (var row in LineBreaker.Break(text, font, width))
        {
            y += font.Size * 1.4f;
            canvas.DrawText(row, x, y, SKTextAlign.Left, font, ink);
        }

        return y + (font.Size * after);
    }

    private float SetRow(SKCanvas canvas, string[] cells, float x, float y, float width)
    {
        using var font = fonts.Font(10.5f, bold: false);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true, StrokeWidth = 2 };
        var height = font.Size * 1.9f;
        for (var index = 0; index < cells.Length; index++)
        {
            canvas.DrawText(cells[index], x + 14 + (index * width / cells.Length), y + (height * 0.68f), SKTextAlign.Left, font, ink);
        }

        canvas.DrawLine(x, y, x + width, y, ink);
        canvas.DrawLine(x, y + height, x + width, y + height, ink);
        return y + height;
    }
}
