namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>docs/metrics.md, as a program reads it.</summary>
internal sealed class MetricsPage
{
    private readonly List<(DescribedInstrument Instrument, string[] Labels)> _rows = [];

    private MetricsPage(string text)
    {
        var meter = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("Meter `", StringComparison.Ordinal))
            {
                meter = line.Split('`')[1];
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                meter = "";
            }
            else if (meter.Length > 0 && line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|') is [_, var name, var kind, var unit, var labels, var meaning, _])
            {
                _rows.Add((new(meter, Bare(name), kind.Trim(), Bare(unit), meaning.Trim()), [.. labels.Split(',').Select(Bare).Where(label => label.Length > 0)]));
            }
        }
    }

    public IEnumerable<DescribedInstrument> Instruments => _rows.Select(row => row.Instrument);

    public static async Task<MetricsPage> ReadAsync() =>
        new(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"), TestContext.Current.CancellationToken));

    /// <summary>The labels of an instrument by the beginning of its name in Prometheus, or <see langword="null"/> where the page has none such.</summary>
    public string[]? LabelsOf(string prometheusName) => _rows
        .Where(row => prometheusName.StartsWith(row.Instrument.Name.Replace('.', '_'), StringComparison.Ordinal))
        .MaxBy(row => row.Instrument.Name.Length).Labels;

    private static string Bare(string cell) => cell.Trim().Trim('`');
}
