using Microsoft.Extensions.Configuration;

namespace BlueEdge.Hosting;

/// <summary>How logs are written where nothing else is configured: a line each, for people, or JSON for programs.</summary>
internal static class ConsoleLog
{
    /// <summary>The setting that says which.</summary>
    public const string Formatter = "Logging:Console:FormatterName";

    private const string Options = "Logging:Console:FormatterOptions";
    private static readonly string[] Known = ["simple", "json", "systemd"];

    /// <exception cref="BlueEdgeException">The format is none that there is.</exception>
    public static Dictionary<string, string?> Settings(IConfiguration configuration)
    {
        var format = configuration[Formatter] ?? "simple";
        if (!Known.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new BlueEdgeException($"{Formatter} is '{format}', which is none of: {string.Join(", ", Known)}.");
        }

        var isJson = format.Equals("json", StringComparison.OrdinalIgnoreCase);
        return new(StringComparer.OrdinalIgnoreCase)
        {
            [Formatter] = format.ToLowerInvariant(),
            [$"{Options}:SingleLine"] = "true",
            [$"{Options}:UseUtcTimestamp"] = "true",
            [$"{Options}:TimestampFormat"] = isJson ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-dd HH:mm:ss.fff ",

            // The trace that a line belongs to is in its scopes.
            [$"{Options}:IncludeScopes"] = isJson ? "true" : "false",
        };
    }
}
