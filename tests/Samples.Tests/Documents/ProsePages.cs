using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Pages of running text, as books, letters and scans have them.</summary>
internal static class ProsePages
{
    public static IEnumerable<PageKind> All =>
    [
        new("paragraphs", pen => Paragraphs(pen)),
        new("small type, tight", pen => Paragraphs(pen, size: 7, leading: 1.15f, bottom: 260)),
        new("large type, loose", pen => Paragraphs(pen, size: 16, leading: 2.2f, bottom: 500)),
        new("serifs at 100 dpi", pen => Paragraphs(pen, size: 11)) { Dpi = 100, Face = "DejaVuSerif" },
        new("a typewriter at 150 dpi", pen => Paragraphs(pen)) { Dpi = 150, Face = "DejaVuSansMono" },
        new("bold serifs at 300 dpi", pen => Paragraphs(pen)) { Dpi = 300, Face = "DejaVuSerif-Bold" },
        new("three degrees to the left", pen => Paragraphs(pen)) { Tilt = -3 },
        new("three degrees to the right", pen => Paragraphs(pen)) { Tilt = 3 },
        new("light on dark", pen => Paragraphs(pen)) { Paper = new(25, 35, 60), Ink = SKColors.White },
        new("low contrast", pen => Paragraphs(pen)) { Paper = new(225, 220, 210), Ink = new(150, 145, 140) },
        new("a noisy scan", pen => Paragraphs(pen)) { Paper = new(230, 222, 205), Ink = new(60, 50, 50), Grain = 18, Tilt = 0.7f },
        new("two columns", pen => Columns(pen, 2)),
        new("three narrow columns", pen => Columns(pen, 3, size: 7.5f)),
        new("two columns, crooked", pen => Columns(pen, 2)) { Tilt = -1.5f },
        new("a list", List),
    ];

    private static void Paragraphs(PagePen pen, float size = 10, float leading = 1.4f, float bottom = 400)
    {
        var y = 60 + size;
        while (y < bottom)
        {
            y = pen.Text(pen.Words(pen.Number(25, 60)), PagePen.Margin, y, size, leading: leading).Bottom + (size * (leading + 1));
        }
    }

    private static void Columns(PagePen pen, int columns, float size = 9)
    {
        const float Gutter = 18;
        pen.Text(pen.Words(3), PagePen.Margin, 60, size: 20);
        var width = (PagePen.Inner + Gutter) / columns;
        for (var column = 0; column < columns; column++)
        {
            pen.Text(pen.Words(columns == 2 ? 150 : 100), PagePen.Margin + (column * width), 100, size, width - Gutter);
        }
    }

    private static void List(PagePen pen)
    {
        pen.Text(pen.Words(3), PagePen.Margin, 60, size: 14);
        var y = 90f;
        for (var item = 1; item <= 12; item++)
        {
            pen.Text(item % 3 == 0 ? "•" : $"{item}.", PagePen.Margin, y);
            y = pen.Text(pen.Words(pen.Number(4, 16)), PagePen.Margin + 22, y, width: PagePen.Inner - 22).Bottom + 18;
        }
    }
}
