using System.Diagnostics.Metrics;

namespace BlueEdge.Counting;

/// <summary>What the process' own meters, Orleans' and the runtime say that it did since it started.</summary>
internal sealed class MeterCounts : IDisposable
{
    private static readonly string[] Meters = ["BlueEdge.", "Streaming.Kafka", "Microsoft.Orleans"];

    private readonly MeterListener _listener = new();
    private readonly Counts _counts;
    private Counts _observed = new();

    public MeterCounts(Counts counts)
    {
        _counts = counts;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Take(instrument, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Take(instrument, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Take(instrument, value));
        _listener.Start();
    }

    /// <summary>All of it. Of a histogram <c>n</c> is how many values there were. One caller at a time.</summary>
    public IEnumerable<KeyValuePair<string, double>> Read()
    {
        _observed = new();
        _listener.RecordObservableInstruments();
        return
        [
            .. _counts.All,
            .. _observed.All,
            new("process cpu ms", Environment.CpuUsage.TotalTime.TotalMilliseconds),
            new("process allocated bytes", GC.GetTotalAllocatedBytes()),
            new("process thread pool items", ThreadPool.CompletedWorkItemCount),
            new("process lock contentions", Monitor.LockContentionCount),
            new("process collections", GC.CollectionCount(0)),
        ];
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value)
    {
        if (instrument.IsObservable)
        {
            _observed.Add(instrument.Name, value);
            return;
        }

        _counts.Add(instrument.Name, value);
        if (instrument is Histogram<double> or Histogram<long> or Histogram<int>)
        {
            _counts.Add(instrument.Name + " n", 1);
        }
    }
}
