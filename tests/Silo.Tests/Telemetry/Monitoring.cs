using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>What deploy/monitoring asks Prometheus.</summary>
internal static partial class Monitoring
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "monitoring");

    public static string Rules { get; } = Path.Combine(Folder, "rules", "blueedge.rules.yml");

    public static string RuleTests { get; } = Path.Combine(Folder, "rules", "blueedge.tests.yml");

    /// <summary>Names of the alerts.</summary>
    public static IReadOnlyList<string> Alerts { get; } = [.. Alert.Matches(File.ReadAllText(Rules)).Select(match => match.Groups["name"].Value)];

    /// <summary>Every query of a dashboard's panels, with the panel's name; those for traces are left out.</summary>
    public static IEnumerable<(string Panel, string Query)> OfDashboards() =>
        from file in Directory.EnumerateFiles(Path.Combine(Folder, "dashboards"), "*.json")
        let board = JsonDocument.Parse(File.ReadAllText(file)).RootElement
        from panel in board.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        where target.TryGetProperty("expr", out _)
        select ($"{Path.GetFileNameWithoutExtension(file)}: {panel.GetProperty("title").GetString()}", Written(target.GetProperty("expr").GetString()!)); // Asked for just before.

    /// <summary>What an alert compares, for what it is compared with seldom holds.</summary>
    public static IEnumerable<string> Compared(string expression) =>
        Comparison.Split(expression).Select(part => Joining.Replace(part, "").Trim()).Where(part => part.Any(char.IsAsciiLetter)).Select(Balanced);

    /// <summary>The metrics that a query names.</summary>
    public static IEnumerable<string> MetricsIn(string query) => Metric.Matches(query).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>As Grafana sends it.</summary>
    private static string Written(string query) =>
        query.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$engine", "hello", StringComparison.Ordinal);

    /// <summary>Without the parentheses that belonged to what was around it.</summary>
    private static string Balanced(string part)
    {
        var open = part.Count(letter => letter is '(') - part.Count(letter => letter is ')');
        return open > 0 ? part[open..] : part[..(part.Length + open)];
    }

    [GeneratedRegex(@"alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Alert { get; }

    [GeneratedRegex(@"\s(==|>|<)\s+[\d.]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comparison { get; }

    [GeneratedRegex(@"\)\s*and on \(\w+\)\s*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Joining { get; }

    [GeneratedRegex(@"(?<name>(blueedge|streaming|http|dotnet|orleans|up)[a-z_]*)\{", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Metric { get; }
}
