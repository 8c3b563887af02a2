using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>How instances follow demand through a ramp, a burst and silence. scripts/scaling-timeline keeps what it saw.</summary>
public sealed class TimelineTests(KubeCluster cluster)
{
    private const string Engine = "delay";
    private const int Slots = 3;
    private const int Most = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Instances_follow_demand_through_a_ramp_a_burst_and_silence()
    {
        await cluster.IsAtZeroAsync(Engine);
        await using Recorder recorder = new(cluster, Engine);

        List<string> sessions = [];
        await RampAsync(sessions);
        sessions.AddRange(await Task.WhenAll(Enumerable.Range(0, Slots * 6).Select(_ => Submission.SendDelayAsync(cluster.Rest, 10))));
        foreach (var session in sessions)
        {
            var over = await cluster.Rest.WaitForEndAsync(session, Patience);
            Assert.True(over.GetProperty("process").GetProperty("status").GetString() is "finished", $"{over}");
        }

        await cluster.IsAtZeroAsync(Engine);
        var seen = await recorder.EndAsync();

        Recorder.Keep("timeline.svg", TimelineChart.Draw(seen, Slots));
        Recorder.Keep("timeline.md", TimelineChart.Tabulate(seen));
        var peak = seen.Max(sample => sample.Demand);
        Assert.Equal(Math.Min(Most, (peak + Slots - 1) / Slots), seen.Max(sample => sample.Wanted));
        Assert.Equal((0, 0), (seen[^1].Wanted, seen[^1].Running));
    }

    /// <summary>One session more every three seconds, up to four instances' worth.</summary>
    private async Task RampAsync(List<string> sessions)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3), TimeProvider.System);
        for (var number = 0; number < Slots * 4; number++)
        {
            sessions.Add(await Submission.SendDelayAsync(cluster.Rest, 38 - (3 * number)));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
