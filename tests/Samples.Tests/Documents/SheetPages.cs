using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Pages with little text, or text here and there: posters, forms, invoices, pictures with captions.</summary>
internal static class SheetPages
{
    public static IEnumerable<PageKind> All =>
    [
        new("one word", pen => pen.Text("Silence", 150, 280, size: 24)),
        new("one small word", pen => pen.Text("appendix", 180, 300)),
        new("one word a page high", pen => pen.Text("SALE", PagePen.Margin, 320, size: 130)) { Face = "DejaVuSans-Bold" },
        new("a few lone numbers", LoneNumbers),
        new("a poster", Poster) { Face = "DejaVuSans-Bold" },
        new("a poster, light on red", Poster) { Face = "DejaVuSerif-Bold", Paper = new(160, 20, 30), Ink = SKColors.White },
        new("a title page", TitlePage) { Face = "DejaVuSerif" },
        new("a form", Form),
        new("an invoice", Invoice),
        new("an invoice, scanned at 150 dpi", Invoice) { Dpi = 150, Tilt = -0.8f, Grain = 10, Paper = new(240, 238, 230) },
        new("captions below pictures", Captions),
        new("text beside a picture", BesidePicture),
        new("a letter", Letter) { Face = "DejaVuSerif" },
        new("labels here and there", Labels),
    ];

    private static void LoneNumbers(PagePen pen)
    {
        pen.Text(pen.Amount(), 60, 100, size: 14);
        pen.Text(pen.Amount(), 250, 260, size: 12);
        pen.Text(pen.Amount(), 110, 420, size: 18);
    }

    private static void Poster(PagePen pen)
    {
        pen.Text("SUMMER", 30, 130, size: 72);
        pen.Text("CONCERT", 30, 220, size: 62);
        pen.Text("Saturday 14 June", 30, 330, size: 30);
        pen.Text("at the old mill", 30, 380, size: 24);
        pen.Text("Admission free", 30, 540, size: 14);
    }

    private static void TitlePage(PagePen pen)
    {
        pen.Text("The Mill at the River", 60, 200, size: 26);
        pen.Text(pen.Words(5), 60, 240, size: 14);
        pen.Text("1984", 195, 540, size: 11);
    }

    private static void Form(PagePen pen)
    {
        pen.Text("Application", PagePen.Margin, 60, size: 18);
        string[] fields = ["Surname", "First name", "Street", "Town", "Date of birth", "Telephone", "Signature"];
        for (var field = 0; field < fields.Length; field++)
        {
            var y = 110 + (field * 56);
            pen.Text(fields[field], PagePen.Margin, y, size: 9);
            pen.Frame(PagePen.Margin, y + 6, PagePen.Inner, 26);
            if (field % 2 == 0)
            {
                pen.Text(pen.Words(2), PagePen.Margin + 10, y + 24, size: 12);
            }
        }
    }

    private static void Invoice(PagePen pen)
    {
        pen.Text("Miller and Sons", PagePen.Margin, 60, size: 16);
        pen.Text("12 River Street", PagePen.Margin, 78, size: 9);
        pen.Right($"Invoice {pen.Number(1000, 9999)}", PagePen.Width - PagePen.Margin, 60, size: 12);
        pen.Right("26 November 2025", PagePen.Width - PagePen.Margin, 78, size: 9);
        pen.Rule(PagePen.Margin, 150, PagePen.Inner, 0);
        for (var row = 0; row < 9; row++)
        {
            var y = 170 + (row * 24);
            pen.Text(pen.Number(1, 20).ToString(System.Globalization.CultureInfo.InvariantCulture), PagePen.Margin, y);
            pen.Text(pen.Words(3), 70, y);
            pen.Right(pen.Amount(most: 100), 300, y);
            pen.Right(pen.Amount(most: 1000), PagePen.Width - PagePen.Margin, y);
        }

        pen.Rule(PagePen.Margin, 380, PagePen.Inner, 0);
        pen.Text("Total", 240, 402, size: 12);
        pen.Right(pen.Amount(), PagePen.Width - PagePen.Margin, 402, size: 12);
        pen.Text("Payable within thirty days. Thank you for your order.", PagePen.Margin, 540, size: 8);
    }

    private static void Captions(PagePen pen)
    {
        for (var picture = 0; picture < 2; picture++)
        {
            var y = 50 + (picture * 260);
            pen.Photograph(PagePen.Margin, y, PagePen.Inner, 200);
            pen.Text($"Figure {picture + 1}: {pen.Words(9)}", PagePen.Margin, y + 218, size: 9);
        }
    }

    private static void BesidePicture(PagePen pen)
    {
        pen.Photograph(PagePen.Margin, 60, 160, 240);
        pen.Text(pen.Words(70), 215, 70, width: 170);
        pen.Text(pen.Words(80), PagePen.Margin, 350);
    }

    private static void Letter(PagePen pen)
    {
        pen.Text("Harbour Board", PagePen.Margin, 50, size: 14);
        pen.Right("3 May 1962", PagePen.Width - PagePen.Margin, 110);
        pen.Text("Dear neighbours,", PagePen.Margin, 150);
        pen.Text(pen.Words(60), PagePen.Margin, 180);
        pen.Text(pen.Words(50), PagePen.Margin, 320);
        pen.Text("Yours faithfully,", PagePen.Margin, 460);
        pen.Text(pen.Words(2), PagePen.Margin, 510, size: 12);
    }

    private static void Labels(PagePen pen)
    {
        for (var label = 0; label < 14; label++)
        {
            pen.Text(pen.Words(pen.Number(1, 3)), PagePen.Margin + pen.Number(0, 220), 50 + (label * 38), size: pen.Number(8, 16));
        }
    }
}
