using System.CommandLine.Parsing;
using System.Globalization;

namespace BlueEdge.Tool.CommandLine;

/// <summary>Reads times.</summary>
internal static class Durations
{
    /// <summary>As long as a timer can be set to.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var number = text.TrimEnd('m', 's', 'h');
        double? unit = text[number.Length..] switch { "ms" => 0.001, "" or "s" => 1, "m" => 60, "h" => 3_600, _ => null };
        if (unit is { } seconds
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * seconds > 0 && count * seconds <= Longest.TotalSeconds)
        {
            return TimeSpan.FromSeconds(count * seconds);
        }

        result.AddError($"'{text}' is no time: it is like 30, 500ms, 90s, 5m or 2h.");
        return null;
    }
}
