using System.Diagnostics;
using System.Text.Json;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>How instances follow demand through a ramp, a burst and silence. scripts/scaling-timeline keeps what it saw.</summary>
public sealed class TimelineTests(KubeCluster cluster)
{
    private const string Engine = "delay";
    private const int Slots = 3;
    private const int Most = 8;
    private const int MostSamples = 900;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Instances_follow_demand_through_a_ramp_a_burst_and_silence()
    {
        await cluster.IsAtZeroAsync(Engine);
        await using var deployments = new Watched(cluster.Api, $"/apis/apps/v1/namespaces/{KubeCluster.Namespace}/deployments");
        using var end = new CancellationTokenSource();
        var samples = SampleAsync(deployments, end.Token);

        List<string> sessions = [];
        await RampAsync(sessions);
        sessions.AddRange(await Task.WhenAll(Enumerable.Range(0, Slots * 6).Select(_ => Submission.SendDelayAsync(cluster.Rest, 10))));
        foreach (var session in sessions)
        {
            var over = await cluster.Rest.WaitForEndAsync(session, Patience);
            Assert.True(over.GetProperty("process").GetProperty("status").GetString() is "finished", $"{over}");
        }

        await cluster.IsAtZeroAsync(Engine);
        await end.CancelAsync();
        var seen = await samples;

        Keep(seen);
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

    /// <summary>Looks once a second until it is told to end and no instance is left.</summary>
    private async Task<IReadOnlyList<Sample>> SampleAsync(Watched deployments, CancellationToken end)
    {
        List<Sample> samples = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        var since = Stopwatch.GetTimestamp();
        while ((!end.IsCancellationRequested || samples is not [.., { Running: 0 }]) && samples.Count < MostSamples)
        {
            var engine = await cluster.FindEngineAsync(Engine);
            var instances = engine.GetProperty("instances").EnumerateArray().ToList();
            var deployment = deployments.All.FirstOrDefault(each => Pod.NameOf(each) == $"engine-{Engine}");
            samples.Add(new(
                (int)Stopwatch.GetElapsedTime(since).TotalSeconds,
                Read(engine, "waiting") + Read(engine, "working"),
                deployment.ValueKind is JsonValueKind.Object ? Read(deployment.GetProperty("spec"), "replicas") : 0,
                instances.Count,
                instances.Count(instance => Read(instance, "busy") > 0)));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return samples;
    }

    private static int Read(JsonElement item, string name) => item.GetProperty(name).GetInt32();

    /// <summary>Writes the table and the picture where they are wanted.</summary>
    private static void Keep(IReadOnlyList<Sample> samples)
    {
        if (Environment.GetEnvironmentVariable("BLUEEDGE_TIMELINE") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, "timeline.svg"), TimelineChart.Draw(samples, Slots));
            File.WriteAllText(Path.Combine(folder, "timeline.md"), TimelineChart.Tabulate(samples));
        }
    }
}
