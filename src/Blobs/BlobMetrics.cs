using System.Diagnostics.Metrics;

namespace BlueEdge.Blobs;

/// <summary>What the process measures of its blob store.</summary>
public sealed class BlobMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "BlueEdge.Blobs";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _written;

    /// <summary>Makes the meter's instruments.</summary>
    public BlobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("blueedge.blobs.duration", "s", "How long the blob store took, by operation and outcome; of a read until it begins");
        _written = meter.CreateCounter<long>("blueedge.blobs.written", "By", "Bytes that were stored as blobs");
    }

    internal void Answered(string operation, TimeSpan took, bool failed) => _duration.Record(
        took.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new("outcome", failed ? "failed" : "answered"));

    internal void Written(long bytes) => _written.Add(bytes);
}
