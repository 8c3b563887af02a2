using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// What the scheduler measures, by engine, as its changes become durable. How things stand is told by the silo that has the scheduler,
/// and by no other.
/// </summary>
internal sealed class SchedulingMetrics
{
    public const string MeterName = "BlueEdge.Scheduling";

    private readonly ConcurrentDictionary<string, EngineFigures> _engines = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly Counter<long> _starts;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _changes;
    private readonly Counter<long> _failures;
    private volatile IReadOnlyList<Measurement<int>> _sessions = [];

    public SchedulingMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("blueedge.scheduler.sessions", () => _sessions, "{session}", "Sessions that wait for slots, and that hold some, by status");
        meter.CreateObservableGauge("blueedge.scheduler.pending", () => Observe(engine => engine.Pending), "{session}", "Sessions that wait for the engine");
        meter.CreateObservableGauge("blueedge.scheduler.waiting", () => Observe(engine => engine.Waiting), "{node}", "Nodes of sessions that wait for the engine");
        meter.CreateObservableGauge("blueedge.scheduler.leased", () => Observe(engine => engine.Leased), "{node}", "Nodes that hold a slot of the engine");
        meter.CreateObservableGauge("blueedge.scheduler.slots", () => Observe(engine => engine.Slots), "{slot}", "Slots of the engine's instances that take sessions, free or not");
        meter.CreateObservableGauge("blueedge.scheduler.slots.free", () => Observe(engine => engine.Free), "{slot}", "Slots of the engine that are free");
        meter.CreateObservableGauge("blueedge.scheduler.instances", () => Observe(engine => engine.Instances), "{instance}", "Instances of the engine that take sessions");
        meter.CreateObservableGauge("blueedge.scheduler.oldest.age", ObserveAges, "s", "How long the oldest session that waits for the engine has waited; 0 where none waits");
        _starts = meter.CreateCounter<long>("blueedge.scheduler.starts", "{session}", "Sessions that were given their slots");
        _wait = meter.CreateHistogram<double>("blueedge.scheduler.grant.wait", "s", "From a session's submission to its slots");
        _commit = meter.CreateHistogram<double>("blueedge.scheduler.commit.duration", "s", "How long a commit of the scheduler took");
        _changes = meter.CreateHistogram<int>("blueedge.scheduler.commit.changes", "{change}", "What a commit wrote together: entries of queues, attempts, instances");
        _failures = meter.CreateCounter<long>("blueedge.scheduler.commit.failures", "{commit}", "Commits that failed, and were done again");

        // It is watched: where it is there from the start its first step is seen.
        _failures.Add(0);
    }

    /// <summary>How all engines stand: when the scheduler opens, and when instances come or go.</summary>
    public void RecordAll(SchedulerModel model)
    {
        foreach (var engine in model.Engines)
        {
            _engines[engine.Id] = EngineFigures.Of(engine);
        }

        RecordSessions(model);
    }

    public void Record(SchedulerChanges changes, SchedulerModel model)
    {
        if (changes.Instances.Count + changes.GoneInstances.Count > 0)
        {
            RecordAll(model);
        }
        else
        {
            foreach (var engine in changes.ChangedEngineIds)
            {
                _engines[engine] = EngineFigures.Of(model.Engine(engine));
            }

            RecordSessions(model);
        }

        if (changes.Granted.Count > 0)
        {
            _starts.Add(changes.Granted.Count);
        }

        var now = _clock.GetUtcNow();
        foreach (var attempt in changes.Granted)
        {
            _wait.Record(TimeSpan.FromTicks(Math.Max(0, now.UtcTicks - attempt.SubmittedTicks)).TotalSeconds);
        }
    }

    /// <summary>The scheduler lives elsewhere from here on: nothing is told of how things stand.</summary>
    public void Forget()
    {
        _engines.Clear();
        _sessions = [];
    }

    public void Committed(int changes, TimeSpan took)
    {
        _commit.Record(took.TotalSeconds);
        _changes.Record(changes);
    }

    public void CommitFailed() => _failures.Add(1);

    private void RecordSessions(SchedulerModel model) =>
        _sessions = [Sessions(model.Pending, "waiting"), Sessions(model.Leased, "started")];

    private static Measurement<int> Sessions(int count, string status) => new(count, new KeyValuePair<string, object?>("status", status));

    private IEnumerable<Measurement<int>> Observe(Func<EngineFigures, int> value) =>
        _engines.Select(engine => new Measurement<int>(value(engine.Value), new KeyValuePair<string, object?>("engine", engine.Key)));

    private IEnumerable<Measurement<double>> ObserveAges()
    {
        var now = _clock.GetUtcNow();
        return _engines.Select(engine => new Measurement<double>(engine.Value.OldestAge(now), new KeyValuePair<string, object?>("engine", engine.Key)));
    }
}
