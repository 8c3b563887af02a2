using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class FrozenTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task What_a_silo_believes_after_a_minute_of_sleep_counts_for_nothing()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cluster.First.StartDelayAsync(seconds: 1, retries: 3)));

        await cluster.PauseAsync("silo-1");
        var since = Stopwatch.StartNew();
        var ends = await Task.WhenAll(sessions.Select(session => cluster.Second.WaitForEndAsync(session, Patience)));
        output.WriteLine($"All {ends.Length} sessions ended {since.Elapsed} after the silo was frozen.");
        await Task.Delay(since.Elapsed < Frozen ? Frozen - since.Elapsed : TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.ResumeAsync("silo-1");

        // It believes to be ready until it hears that the others have declared it dead.
        await cluster.HasEndedAsync("silo-1");
        await cluster.UpAsync();

        Assert.All(ends, end => Assert.True(StatusOf(end) is "finished", end.ToString()));
        var again = await Task.WhenAll(sessions.Select(cluster.First.FindAsync));
        Assert.Equal(ends.Select(Facts), again.Select(Facts));
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task While_Redis_hangs_submissions_are_refused_in_time_and_what_runs_goes_on_afterwards()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 2);
        await cluster.First.WaitForInstanceAsync(session);

        await cluster.PauseAsync("redis");
        var since = Stopwatch.StartNew();
        using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
        var answered = since.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(10) - answered, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.ResumeAsync("redis");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.InRange(answered, TimeSpan.Zero, LongestAnswer);
        await cluster.UpAsync();
        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        output.WriteLine($"Refused after {answered}; the session that ran ended after {since.Elapsed}.");
        Assert.True(StatusOf(end) is "finished", end.ToString());
        await cluster.IsIdleAsync();
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();

    private static (string?, string?, int) Facts(JsonElement session) => (
        StatusOf(session),
        session.GetProperty("process").GetProperty("ended_at").GetString(),
        session.GetProperty("results").GetProperty("Result").GetArrayLength());
}
