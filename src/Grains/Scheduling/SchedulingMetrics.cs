using System.Diagnostics;
using System.Diagnostics.Metrics;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>What the scheduler measures, by engine, as its changes become durable.</summary>
internal sealed class SchedulingMetrics
{
    public const string MeterName = "BlueEdge.Scheduling";

    private readonly Gauge<int> _pending;
    private readonly Gauge<int> _waiting;
    private readonly Gauge<int> _leased;
    private readonly Counter<long> _starts;
    private readonly Histogram<double> _wait;

    public SchedulingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _pending = meter.CreateGauge<int>("blueedge.scheduler.pending", "{session}", "Sessions that wait for the engine");
        _waiting = meter.CreateGauge<int>("blueedge.scheduler.waiting", "{node}", "Nodes of sessions that wait for the engine");
        _leased = meter.CreateGauge<int>("blueedge.scheduler.leased", "{node}", "Nodes that hold a slot of the engine");
        _starts = meter.CreateCounter<long>("blueedge.scheduler.starts", "{session}", "Sessions that were given their slots");
        _wait = meter.CreateHistogram<double>("blueedge.scheduler.grant.wait", "s", "From a session's submission to its slots");
    }

    public void Record(SchedulerChanges changes, Func<string, EngineState> find, DateTimeOffset now)
    {
        foreach (var engine in changes.ChangedEngineIds.Select(find))
        {
            var tag = new TagList { { "engine", engine.Id } };
            _pending.Record(engine.Starving.Count + engine.Regular.Count, tag);
            _waiting.Record(engine.WaitingNodes, tag);
            _leased.Record(engine.LeasedNodes, tag);
        }

        if (changes.Granted.Count > 0)
        {
            _starts.Add(changes.Granted.Count);
        }

        foreach (var attempt in changes.Granted)
        {
            _wait.Record(TimeSpan.FromTicks(Math.Max(0, now.UtcTicks - attempt.SubmittedTicks)).TotalSeconds);
        }
    }
}
