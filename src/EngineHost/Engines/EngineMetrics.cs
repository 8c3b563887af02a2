using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>What engines do in this process; meter <c>BlueEdge.Engines</c>, tagged by engine id.</summary>
internal sealed class EngineMetrics
{
    private readonly ConcurrentDictionary<string, EngineFlow> _flows = new(StringComparer.Ordinal);
    private readonly UpDownCounter<int> _busy;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _cutOff;
    private readonly Counter<long> _putAside;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _prepare;
    private readonly Histogram<double> _run;
    private readonly Histogram<double> _room;

    public EngineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BlueEdge.Engines");
        _busy = meter.CreateUpDownCounter<int>("blueedge.engine.busy_slots", "{slot}", "Slots in use");
        _ended = meter.CreateCounter<long>("blueedge.engine.sub_sessions", "{sub-session}", "Sub-sessions that ended, by status");
        _refused = meter.CreateCounter<long>("blueedge.engine.refused", "{sub-session}", "Starts that an instance refused, by reason");
        _cutOff = meter.CreateCounter<long>("blueedge.engine.cut_off", "{sub-session}", "Sub-sessions cut off, whose engines may still use the process");
        _putAside = meter.CreateCounter<long>("blueedge.mailbox.put_aside", "{message}", "Messages of mailboxes that could not be read");
        _deadLetters = meter.CreateCounter<long>("blueedge.engine.dead_letters", "{item}", "Items in whose processing an engine failed");
        _prepare = meter.CreateHistogram<double>("blueedge.engine.prepare.duration", "s", "From a sub-session's start until its engine said ready");
        _run = meter.CreateHistogram<double>("blueedge.engine.run.duration", "s", "From a sub-session's start to its end, by status");
        _room = meter.CreateHistogram<double>("blueedge.engine.write.wait", "s", "How long writes waited for room at their readers or for the results' store, of those that had to");
        _putAside.Add(0);
        meter.CreateObservableCounter("blueedge.engine.items_read", () => Observe(flow => flow.ItemsRead), "{item}", "Items that engines took up");
        meter.CreateObservableCounter("blueedge.engine.read", () => Observe(flow => flow.BytesRead), "By", "Bytes of the items that engines took up, wherever they lie");
        meter.CreateObservableCounter("blueedge.engine.items_written", () => Observe(flow => flow.ItemsWritten), "{item}", "Items that engines wrote to linked outputs");
        meter.CreateObservableCounter("blueedge.engine.written", () => Observe(flow => flow.BytesWritten), "By", "Bytes of the items that engines wrote, wherever they lie");
    }

    /// <summary>What counts the items of an engine's runs.</summary>
    public EngineFlow FlowOf(string engine) => _flows.GetOrAdd(engine, _ => Open(engine));

    public void Started(string engine) => _busy.Add(1, Tag(engine));

    public void Ready(string engine, TimeSpan took) => _prepare.Record(took.TotalSeconds, Tag(engine));

    public void Ended(string engine, SubSessionReport report, TimeSpan took)
    {
        var (tag, status) = (Tag(engine), new KeyValuePair<string, object?>("status", WordFor(report.Status)));
        _busy.Add(-1, tag);
        _ended.Add(1, tag, status);
        _run.Record(took.TotalSeconds, tag, status);
    }

    /// <param name="engine">The engine.</param>
    /// <param name="reason">Why, in kebab case.</param>
    public void Refused(string engine, string reason) => _refused.Add(1, Tag(engine), new("reason", reason));

    public void DeadLettered(string engine) => _deadLetters.Add(1, Tag(engine));

    public void Waited(string engine, TimeSpan took) => _room.Record(took.TotalSeconds, Tag(engine));

    public void PutAside() => _putAside.Add(1);

    public void CutOff(string engine) => _cutOff.Add(1, Tag(engine));

    /// <summary>What is to be watched is there from the start, so that its first step is seen.</summary>
    private EngineFlow Open(string engine)
    {
        _cutOff.Add(0, Tag(engine));
        _deadLetters.Add(0, Tag(engine));
        return new();
    }

    private static KeyValuePair<string, object?> Tag(string engine) => new("engine", engine);

    private static string WordFor(SubSessionStatus status) => status switch
    {
        SubSessionStatus.Finished => "finished",
        SubSessionStatus.Failed => "failed",
        _ => "canceled",
    };

    private IEnumerable<Measurement<long>> Observe(Func<EngineFlow, long> value) =>
        _flows.Select(flow => new Measurement<long>(value(flow.Value), Tag(flow.Key)));
}
