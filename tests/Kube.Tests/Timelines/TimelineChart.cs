using System.Globalization;
using System.Text;

namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>Draws a timeline as SVG, and writes it as a table.</summary>
internal static class TimelineChart
{
    private const int Width = 900;
    private const int Height = 320;
    private const int Left = 40;
    private const int Top = 40;
    private const int Right = 10;
    private const int Bottom = 30;

    private static readonly (string Name, string Colour, Func<Sample, int> Read)[] Series =
    [
        ("demand / slots", "#9aa0a6", sample => sample.Demand),
        ("wanted", "#e8710a", sample => sample.Wanted),
        ("running", "#1a73e8", sample => sample.Running),
        ("working", "#188038", sample => sample.Working),
    ];

    /// <param name="samples">One a second, in their order.</param>
    /// <param name="slots">What one instance takes, by which demand is divided.</param>
    public static string Draw(IReadOnlyList<Sample> samples, int slots)
    {
        var seconds = Math.Max(1, samples[^1].Second);
        var most = Math.Max(1, samples.Max(sample => Math.Max(Math.Max(sample.Wanted, sample.Running), (sample.Demand + slots - 1) / slots)));
        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        for (var instances = 0; instances <= most; instances++)
        {
            Add($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(instances):0.#}\" y2=\"{Y(instances):0.#}\" stroke=\"#e0e0e0\"/><text x=\"{Left - 8}\" y=\"{Y(instances) + 4:0.#}\" text-anchor=\"end\">{instances}</text>");
        }

        for (var second = 0; second <= seconds; second += 20)
        {
            Add($"<text x=\"{X(second):0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{second} s</text>");
        }

        for (var i = 0; i < Series.Length; i++)
        {
            var (name, colour, read) = Series[i];
            var scale = i == 0 ? 1.0 / slots : 1;
            var path = string.Join(' ', samples.Select((sample, at) => string.Create(
                CultureInfo.InvariantCulture, $"{(at == 0 ? "M" : "H")}{X(sample.Second):0.#}{(at == 0 ? "," : " V")}{Y(read(sample) * scale):0.#}")));
            Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            Add($"<rect x=\"{Left + (i * 140)}\" y=\"14\" width=\"14\" height=\"4\" fill=\"{colour}\"/><text x=\"{Left + 20 + (i * 140)}\" y=\"20\">{name}</text>");
        }

        Add($"</svg>");
        return svg.ToString();

        double X(double second) => Left + (second / seconds * (Width - Left - Right));
        double Y(double instances) => Height - Bottom - (instances / most * (Height - Top - Bottom));
        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A row for each change.</summary>
    public static string Tabulate(IReadOnlyList<Sample> samples)
    {
        var table = new StringBuilder("| second | demand | wanted | running | working |\n|---|---|---|---|---|\n");
        Sample? last = null;
        foreach (var sample in samples)
        {
            if (last is null || sample with { Second = 0 } != last with { Second = 0 })
            {
                table.Append(CultureInfo.InvariantCulture, $"| {sample.Second} | {sample.Demand} | {sample.Wanted} | {sample.Running} | {sample.Working} |\n");
            }

            last = sample;
        }

        return table.ToString();
    }
}
