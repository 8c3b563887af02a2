using System.Diagnostics.Metrics;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>What is counted of sessions.</summary>
public sealed class SessionCountTests
{
    private const int Sessions = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Nodes that end together share a write, which is one change of the session.</summary>
    [Fact]
    public async Task A_session_counts_once_whatever_came_together()
    {
        await using var own = await OwnCluster.StartAsync(silos: 1);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is SessionMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument, (int)value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Count(instrument, 1));
        listener.Start();
        string[] ends = ["result-0", "result-1", "result-2", "result-3"];
        var spec = Session([.. ends.Select(end => Node(end, "relay", [("In", "in")], ("Out", end)))], ("in", 1));

        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async _ =>
        {
            var run = await own.Grains.GetGrain<ISessionGrain>(SessionIds.Create()).RunAsync(spec, fingerprint: null, TimeSpan.FromSeconds(90), Ct);
            Assert.Equal(SessionStatus.Finished, run.Session?.Status);
        }));

        lock (counts)
        {
            Assert.All(
                ["blueedge.sessions.submitted", "blueedge.sessions.start.duration", "blueedge.sessions.run.duration", "blueedge.sessions.ended"],
                name => Assert.Equal((name, Sessions), (name, counts.GetValueOrDefault(name))));
        }

        void Count(Instrument instrument, int value)
        {
            lock (counts)
            {
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            }
        }
    }
}
