using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>The buckets of our histograms, which are exported with explicit bounds: of seconds, and of how many.</summary>
internal static class Durations
{
    /// <summary>
    /// Series that an instrument may have; what is beyond them is one more, with <c>otel_metric_overflow</c>. Room for all of them is
    /// taken at once, which with the library's 2,000 were 25 MB in an idle process.
    /// </summary>
    private const int MostSeries = 500;
    private const int MostSeriesOfOthers = 200;

    private static readonly string[] Meters = ["BlueEdge.", "Streaming.Kafka"];

    /// <summary>From a write to a session that takes a day, in seconds.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21_600];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>The view of an instrument.</summary>
    public static MetricStreamConfiguration ViewOf(Instrument instrument) =>
        !Meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)) ? new() { CardinalityLimit = MostSeriesOfOthers }
        : !IsHistogram(instrument) ? new() { CardinalityLimit = MostSeries }
        : new ExplicitBucketHistogramConfiguration
        {
            Boundaries = string.Equals(instrument.Unit, "s", StringComparison.Ordinal) ? Seconds : Counts,
            CardinalityLimit = MostSeries,
        };

    private static bool IsHistogram(Instrument instrument) => instrument is Histogram<double> or Histogram<long> or Histogram<int>;
}
