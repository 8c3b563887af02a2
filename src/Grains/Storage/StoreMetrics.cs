using System.Diagnostics.Metrics;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Storage;

/// <summary>What the process measures of its store, whichever that is.</summary>
public sealed class StoreMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "BlueEdge.Store";

    private readonly Histogram<double> _duration;

    /// <summary>Makes the meter's histogram.</summary>
    public StoreMetrics(IMeterFactory meters) =>
        _duration = meters.Create(MeterName).CreateHistogram<double>("blueedge.store.duration", "s", "From a question to the store, or a write, to its answer, by outcome");

    /// <summary>Notes one answer.</summary>
    /// <param name="store">Which store: <c>redis</c> or <c>sqlite</c>.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="error">What came of it; <see langword="null"/> for an answer.</param>
    public void Answered(string store, TimeSpan took, Exception? error) => _duration.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("store", store),
        new KeyValuePair<string, object?>("outcome", error is null ? "answered" : error is StoreUnavailableException ? "unavailable" : "refused"));
}
