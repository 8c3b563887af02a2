using System.Diagnostics.Metrics;
using BlueEdge.Grains.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>What engines do in this process; meter <c>BlueEdge.Engines</c>, tagged by engine id.</summary>
internal sealed class EngineMetrics
{
    private readonly UpDownCounter<int> _busy;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _cutOff;
    private readonly Counter<long> _putAside;
    private readonly Counter<long> _itemsRead;
    private readonly Counter<long> _itemsWritten;

    public EngineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BlueEdge.Engines");
        _busy = meter.CreateUpDownCounter<int>("blueedge.engine.busy_slots", "{slot}", "Slots in use.");
        _ended = meter.CreateCounter<long>("blueedge.engine.sub_sessions", "{sub-session}", "Sub-sessions that ended, by status.");
        _cutOff = meter.CreateCounter<long>("blueedge.engine.cut_off", "{sub-session}", "Sub-sessions cut off, whose engines may still use the process.");
        _putAside = meter.CreateCounter<long>("blueedge.mailbox.put_aside", "{message}", "Messages of mailboxes that could not be read.");
        _itemsRead = meter.CreateCounter<long>("blueedge.engine.items_read", "{item}", "Items processed.");
        _itemsWritten = meter.CreateCounter<long>("blueedge.engine.items_written", "{item}", "Items written.");
    }

    public void Started(string engine) => _busy.Add(1, new KeyValuePair<string, object?>("engine", engine));

    public void Ended(string engine, SubSessionReport report)
    {
        var tag = new KeyValuePair<string, object?>("engine", engine);
        _busy.Add(-1, tag);
        _ended.Add(1, tag, new("status", report.Status.ToString()));
        _itemsRead.Add(report.ItemsRead, tag);
        _itemsWritten.Add(report.ItemsWritten, tag);
    }

    public void PutAside() => _putAside.Add(1);

    public void CutOff(string engine) => _cutOff.Add(1, new KeyValuePair<string, object?>("engine", engine));
}
