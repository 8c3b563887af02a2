using System.Globalization;
using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

/// <summary>Reads manuscript.txt: "@page" begins a page, "#", "##", "_" and "|" mark titles, headings, asides and table rows.</summary>
internal static class Manuscript
{
    public static List<ManuscriptPage> Parse(IEnumerable<string> lines)
    {
        var pages = new List<ManuscriptPage>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line.StartsWith("@page", StringComparison.Ordinal))
            {
                pages.Add(ParsePage(line));
            }
            else
            {
                pages[^1].Lines.Add(ParseLine(line));
            }
        }

        return pages;
    }

    private static ManuscriptPage ParsePage(string line)
    {
        var settings = line.Split(' ').Skip(1).Select(setting => setting.Split('=')).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new ManuscriptPage(
            int.Parse(settings["columns"], CultureInfo.InvariantCulture),
            float.Parse(settings["angle"], CultureInfo.InvariantCulture),
            SKColor.Parse(settings["tint"]),
            []);
    }

    private static ManuscriptLine ParseLine(string line) => line.Split(' ', 2) switch
    {
        ["#", var text] => new(LineKind.Title, text),
        ["##", var text] => new(LineKind.Heading, text),
        ["_", var text] => new(LineKind.Aside, text),
        ["|", var text] => new(LineKind.TableRow, text),
        _ => new(LineKind.Paragraph, line),
    };
}
