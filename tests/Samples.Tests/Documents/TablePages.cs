using System.Globalization;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Pages of numbers.</summary>
internal static class TablePages
{
    private static readonly byte[] Greys = [245, 230, 214, 200, 184];

    public static IEnumerable<PageKind> All =>
    [
        new("numbers without rules", pen => Numbers(pen, columns: 5, rows: 22)),
        new("numbers within rules", pen => Numbers(pen, columns: 4, rows: 20, ruled: true)),
        new("numbers far apart", pen => Numbers(pen, columns: 3, rows: 12, pitch: 34)),
        new("numbers set tight", pen => Numbers(pen, columns: 6, rows: 34, pitch: 12, size: 8)),
        new("a column of numbers", pen => Numbers(pen, columns: 1, rows: 18)),
        new("numbers at 100 dpi", pen => Numbers(pen, columns: 4, rows: 20, size: 11)) { Dpi = 100 },
        new("numbers at 300 dpi, crooked", pen => Numbers(pen, columns: 4, rows: 20)) { Dpi = 300, Tilt = 1.5f },
        new("a price list", Prices),
        new("zebra rows, light grey", pen => Zebra(pen, new SKColor(235, 235, 235))),
        new("zebra rows, grey", pen => Zebra(pen, new SKColor(200, 200, 200))),
        new("zebra rows, dark grey", pen => Zebra(pen, new SKColor(165, 165, 165))),
        new("zebra rows, blue", pen => Zebra(pen, new SKColor(190, 215, 240))),
        new("zebra rows, green", pen => Zebra(pen, new SKColor(170, 220, 170))),
        new("zebra rows, yellow, crooked", pen => Zebra(pen, new SKColor(250, 235, 150))) { Tilt = -2 },
        new("tinted cells", Tinted),
        new("a calendar", Calendar),
        new("a table with light text on a dark head", DarkHead),
    ];

    private static void Numbers(PagePen pen, int columns, int rows, bool ruled = false, float pitch = 20, float size = 10)
    {
        var width = PagePen.Inner / columns;
        for (var row = 0; row < rows; row++)
        {
            var y = 60 + (row * pitch);
            for (var column = 0; column < columns; column++)
            {
                pen.Right(pen.Amount(), PagePen.Margin + ((column + 1) * width) - 6, y, size);
                if (ruled)
                {
                    pen.Frame(PagePen.Margin + (column * width), y - (pitch * 0.7f), width, pitch);
                }
            }
        }
    }

    private static void Prices(PagePen pen)
    {
        pen.Text("Price list", PagePen.Margin, 60, size: 18);
        for (var row = 0; row < 20; row++)
        {
            var y = 100 + (row * 22);
            pen.Text(pen.Words(pen.Number(1, 5)), PagePen.Margin, y);
            pen.Right($"{pen.Amount(most: 200)} EUR", PagePen.Width - PagePen.Margin, y);
        }
    }

    private static void Zebra(PagePen pen, SKColor tint)
    {
        for (var row = 0; row < 24; row++)
        {
            var y = 60 + (row * 20);
            if (row % 2 == 1)
            {
                pen.Box(PagePen.Margin - 6, y - 14, PagePen.Inner + 12, 20, tint);
            }

            pen.Text(pen.Words(2), PagePen.Margin, y);
            pen.Text(pen.Word(), 180, y);
            pen.Right(pen.Amount(), 310, y);
            pen.Right(pen.Amount(most: 100), PagePen.Width - PagePen.Margin, y);
        }
    }

    private static void Tinted(PagePen pen)
    {
        for (var row = 0; row < 16; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var (x, y) = (PagePen.Margin + (column * 87), 60 + (row * 28));
                pen.Box(x, y - 18, 87, 28, Greys[(row + column) % Greys.Length]);
                pen.Text(column % 2 == 0 ? pen.Word() : pen.Amount(), x + 8, y);
            }
        }
    }

    private static void Calendar(PagePen pen)
    {
        pen.Text("November", PagePen.Margin, 60, size: 24);
        for (var day = 1; day <= 30; day++)
        {
            var (column, row) = ((day - 1) % 7, (day - 1) / 7);
            var (x, y) = (PagePen.Margin + (column * 49), 90 + (row * 70));
            pen.Frame(x, y, 49, 70);
            pen.Text(day.ToString(CultureInfo.InvariantCulture), x + 5, y + 15, size: 12);
        }
    }

    private static void DarkHead(PagePen pen)
    {
        pen.Box(PagePen.Margin - 6, 46, PagePen.Inner + 12, 22, new SKColor(30, 60, 110));
        var ink = pen.Ink;
        pen.Ink = SKColors.White;
        pen.Text("Name", PagePen.Margin, 61);
        pen.Text("Place", 180, 61);
        pen.Right("Amount", PagePen.Width - PagePen.Margin, 61);
        pen.Ink = ink;
        for (var row = 0; row < 18; row++)
        {
            pen.Text(pen.Words(2), PagePen.Margin, 86 + (row * 24));
            pen.Text(pen.Word(), 180, 86 + (row * 24));
            pen.Right(pen.Amount(), PagePen.Width - PagePen.Margin, 86 + (row * 24));
        }
    }
}
