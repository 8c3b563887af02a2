using System.Collections.Concurrent;
using System.Diagnostics;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Telemetry;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>
/// The spans of one run: the node, and within it how its engine prepares and processes. What writers bring is linked to it, for
/// their work goes on meanwhile. Safe for concurrent use.
/// </summary>
internal sealed class RunTrace
{
    private static readonly ActivitySource Source = new("BlueEdge.Engines");

    private readonly ConcurrentDictionary<(string Channel, string Producer), byte> _linked = new();
    private readonly Activity _node;
    private readonly Activity? _prepare;
    private Activity? _process;

    private RunTrace(Activity node, Activity? prepare) => (_node, _prepare) = (node, prepare);

    /// <summary>The node's place in the trace.</summary>
    public string? Place => TraceText.Of(_node);

    /// <summary>How the engine prepares: what it does then is below it.</summary>
    public Activity? Preparing => _prepare;

    /// <summary>Begins it, where the session has a trace and somebody listens. It is no part of what the caller does.</summary>
    public static RunTrace? Begin(SubSessionStart start)
    {
        if (!Source.HasListeners() || TraceText.Parse(start.Trace) is not { } session)
        {
            return null;
        }

        var current = Activity.Current;
        try
        {
            if (Source.StartActivity("node", ActivityKind.Consumer, session) is not { } node)
            {
                return null;
            }

            node.SetTag("blueedge.session.id", start.Key.SessionId)
                .SetTag("blueedge.node", start.Key.Node)
                .SetTag("blueedge.engine", start.Lease.Engine)
                .SetTag("blueedge.attempt", start.Epoch);
            return new(node, Source.StartActivity("prepare", ActivityKind.Internal, node.Context));
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>The engine is ready: what its flow of work does from here on is processing.</summary>
    public void Ready()
    {
        _prepare?.Stop();
        Activity.Current = _node;
        _process ??= Source.StartActivity("process", ActivityKind.Internal, _node.Context);
    }

    /// <summary>Links whoever wrote what has come.</summary>
    public void Link(ChannelDelivery delivery)
    {
        if (TraceText.Parse(delivery.Trace) is { } writer && _linked.TryAdd((delivery.Channel, delivery.Producer), 0))
        {
            _node.AddLink(new(writer, new() { ["blueedge.channel"] = delivery.Channel, ["blueedge.node"] = delivery.Producer }));
        }
    }

    /// <summary>Ends all of it.</summary>
    public void End(SubSessionReport report)
    {
        var current = Activity.Current;
        if (_prepare is { IsStopped: false })
        {
            _prepare.Stop();
        }

        _process?.SetTag("blueedge.items.read", report.ItemsRead).SetTag("blueedge.items.written", report.ItemsWritten).Stop();
        _node.SetTag("blueedge.node.status", report.Status.ToString());
        if (report.Status is SubSessionStatus.Failed)
        {
            _node.SetStatus(ActivityStatusCode.Error, report.Error);
        }

        _node.Stop();
        Activity.Current = current;
    }
}
