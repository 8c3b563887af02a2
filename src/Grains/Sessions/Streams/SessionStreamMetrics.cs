using System.Diagnostics.Metrics;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>What a core silo measures of the stream of session events.</summary>
public sealed class SessionStreamMetrics
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;

    /// <param name="meters">Makes the meter.</param>
    public SessionStreamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("BlueEdge.SessionStreams");
        _written = meter.CreateCounter<long>("blueedge.session_streams.written", "{event}", "Events that Kafka has taken");
        _dropped = meter.CreateCounter<long>("blueedge.session_streams.dropped", "{event}", "Changes of sessions that were dropped, for Kafka had not taken those before, or for their size");

        // To be watched from the start, so that its first step is seen.
        _dropped.Add(0);
    }

    internal void Written(long count) => _written.Add(count);

    internal void Dropped() => _dropped.Add(1);
}
