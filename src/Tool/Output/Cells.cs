using System.Globalization;
using Spectre.Console;

namespace BlueEdge.Tool.Output;

/// <summary>How values look in tables.</summary>
internal static class Cells
{
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Took(DateTimeOffset began, DateTimeOffset? ended) => ended is { } end ? Seconds((end - began).TotalSeconds) : "";

    public static string Seconds(double seconds) => seconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s")
        : TimeSpan.FromSeconds(seconds).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    /// <summary>A status in its colour.</summary>
    public static Markup Status(string status) => new(Markup.Escape(status), new(status switch
    {
        "finished" or "ready" or "delivered" or "ok" => Color.Green,
        "failed" or "problem" => Color.Red,
        "canceled" or "stopping" or "draining" or "disabled" or "warning" => Color.Yellow,
        _ => Color.Default,
    }));
}
