using BlueEdge.Kube.Tests.Lab;
using BlueEdge.Scaling.Tests.Autoscaling;

namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>The model of KEDA and the autoscaler against the real ones, each for another demand. scripts/scaling-timeline keeps what was seen.</summary>
public sealed class ModelTests(KubeCluster cluster)
{
    private const string Engine = "delay";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public Task A_ramp_is_followed_as_the_model_says() => FollowAsync("ramp", async () =>
    {
        List<string> sessions = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        for (var number = 0; number < 12; number++)
        {
            sessions.Add(await Submission.SendDelayAsync(cluster.Rest, 30 - (2 * number)));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return sessions;
    });

    [Fact]
    public Task A_burst_is_followed_as_the_model_says() =>
        FollowAsync("burst", async () => await Task.WhenAll(Enumerable.Range(0, 18).Select(_ => Submission.SendDelayAsync(cluster.Rest, 15))));

    /// <summary>All at once, and one after the other ends.</summary>
    [Fact]
    public Task Less_and_less_is_followed_as_the_model_says() =>
        FollowAsync("less", async () => await Task.WhenAll(Enumerable.Range(1, 15).Select(number => Submission.SendDelayAsync(cluster.Rest, 3 * number))));

    private async Task FollowAsync(string name, Func<Task<IReadOnlyList<string>>> submit)
    {
        await cluster.IsAtZeroAsync(Engine);
        await using Recorder recorder = new(cluster, Engine);
        await recorder.FirstAsync();
        foreach (var session in await submit())
        {
            await cluster.Rest.WaitForEndAsync(session, Patience);
        }

        await cluster.IsAtZeroAsync(Engine);
        var table = TimelineChart.Tabulate(await recorder.EndAsync());

        Recorder.Keep($"{name}.md", table);
        var seen = RecordedTrace.Read(table);
        Assert.True(seen.DiffersFrom(RecordedTrace.Settings) is [], $"{string.Join('\n', seen.DiffersFrom(RecordedTrace.Settings))}\n{table}");
    }
}
