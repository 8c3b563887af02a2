using System.Text;

namespace BlueEdge.Samples.Documents.Ocr;

internal static class TsvReader
{
    public static OcrText Read(string tsv)
    {
        var rows = tsv.Split('\n').Select(TsvRow.Parse).OfType<TsvRow>().ToList();
        return new OcrText(
            Text(rows),
            rows.Count == 0 ? 0 : Math.Round(rows.Average(row => row.Word.Confidence), 1),
            [.. rows]);
    }

    private static string Text(List<TsvRow> rows)
    {
        var text = new StringBuilder();
        TsvRow? before = null;
        foreach (var row in rows)
        {
            text.Append(Gap(before, row)).Append(row.Word.Text);
            before = row;
        }

        return text.ToString();
    }

    private static string Gap(TsvRow? before, TsvRow row) => before switch
    {
        null => "",
        _ when before.SameLine(row) => " ",
        _ when before.SameParagraph(row) => "\n",
        _ => "\n\n",
    };
}
