using System.Text.RegularExpressions;

namespace BlueEdge.Silo.Tests.Telemetry;

public sealed partial class MetricsPageTests
{
    [Fact]
    public async Task The_page_lists_every_instrument_as_the_code_makes_it()
    {
        var code = Instruments.OfCode();
        var page = (await MetricsPage.ReadAsync()).Instruments.ToList();

        Assert.Equal(code.Select(Line).Order(StringComparer.Ordinal), page.Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_instrument_is_made_where_the_page_test_does_not_look()
    {
        var made = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Sum(file => Making.Count(File.ReadAllText(file)));

        Assert.Equal(made, Instruments.OfCode().Count);
    }

    [Fact]
    public void Names_are_of_the_convention_and_units_are_there()
    {
        Assert.All(Instruments.OfCode(), instrument =>
        {
            Assert.Matches("^(blueedge|streaming\\.kafka)(\\.[a-z][a-z_]*)+$", instrument.Name);
            Assert.Matches("^(s|By|\\{[a-z-]+\\})$", instrument.Unit);
            Assert.NotEmpty(instrument.Description);
            Assert.False(instrument.Name.EndsWith("_total", StringComparison.Ordinal), $"{instrument.Name} has a suffix that exporters add.");
        });
    }

    [GeneratedRegex(@"\.Create(Observable)?(Counter|Gauge|UpDownCounter|Histogram)[<(]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Making { get; }

    private static string Line(DescribedInstrument instrument) => $"{instrument.Meter}: {instrument.Name} | {instrument.Kind} | {instrument.Unit} | {instrument.Description}";
}
