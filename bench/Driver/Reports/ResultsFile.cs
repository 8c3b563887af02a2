using System.Text;

namespace BlueEdge.Driver.Reports;

/// <summary>bench/RESULTS.md: a section a case, each from its last run.</summary>
internal static class ResultsFile
{
    private const string Head = "# Results\n\nWritten by `bench/run`, never by hand; [README.md](README.md) says what is measured and how to read it.\n";

    public static void Put(string root, CaseSection section)
    {
        var path = Path.Combine(root, "bench", "RESULTS.md");
        var sections = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            foreach (var each in File.ReadAllText(path).Split("\n## ").Skip(1))
            {
                sections[each[..each.IndexOf('\n', StringComparison.Ordinal)]] = "## " + each.TrimEnd() + "\n";
            }
        }

        using var writer = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        section.Write(writer);
        sections[section.Case.Name] = writer.ToString();
        File.WriteAllText(path, Head + string.Concat(sections.Values.Select(each => "\n" + each)));
    }
}
