using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class FrozenTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private const string BeginsAnew = "begins anew";
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task What_a_silo_believes_after_a_minute_of_sleep_counts_for_nothing()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cluster.First.StartDelayAsync(seconds: 1, retries: 3)));

        var process = cluster.PidOf("silo-1");
        await cluster.PauseAsync("silo-1");
        var since = Stopwatch.StartNew();
        var ends = await Task.WhenAll(sessions.Select(session => cluster.Second.WaitForEndAsync(session, Patience)));
        output.WriteLine($"All {ends.Length} sessions ended {since.Elapsed} after the silo was frozen.");
        await Task.Delay(since.Elapsed < Frozen ? Frozen - since.Elapsed : TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.ResumeAsync("silo-1");

        // It believes to be ready until it hears that the others have declared it dead.
        await cluster.SaidAsync("silo-1", BeginsAnew);
        await cluster.UpAsync();
        Assert.Equal(process, cluster.PidOf("silo-1"));

        Assert.All(ends, end => Assert.True(StatusOf(end) is "finished", end.ToString()));
        var again = await Task.WhenAll(sessions.Select(cluster.First.FindAsync));
        Assert.Equal(ends.Select(Facts), again.Select(Facts));
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task A_host_that_hung_and_was_declared_dead_takes_sessions_again_by_itself()
    {
        var (process, slots) = (cluster.PidOf("host-1"), await SlotsAsync());
        await cluster.PauseAsync("host-1");
        await UntilAsync(async () => await SlotsAsync() < slots, "the host's end, as the others see it");

        await cluster.ResumeAsync("host-1");

        await cluster.SaidAsync("host-1", BeginsAnew);
        await UntilAsync(async () => await SlotsAsync() == slots, "the host's slots");
        Assert.Equal(process, cluster.PidOf("host-1"));
        var sessions = await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => cluster.First.StartDelayAsync(seconds: 0.5)));
        Assert.All(await Task.WhenAll(sessions.Select(session => cluster.Second.WaitForEndAsync(session, Patience))), end => Assert.Equal("finished", StatusOf(end)));
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

    private async Task<int> SlotsAsync()
    {
        var answer = await cluster.Second.Http.GetFromJsonAsync<JsonElement>(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.GetProperty("data").GetProperty("engines").EnumerateArray()
            .Where(engine => engine.GetProperty("id").GetString() == "delay")
            .SelectMany(engine => engine.GetProperty("instances").EnumerateArray())
            .Sum(instance => instance.GetProperty("slots").GetInt32());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string expected)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.True(since.Elapsed < Patience, $"Missing after {Patience}: {expected}.");
        }
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();

    private static (string?, string?, int) Facts(JsonElement session) => (
        StatusOf(session),
        session.GetProperty("process").GetProperty("ended_at").GetString(),
        session.GetProperty("results").GetProperty("Result").GetArrayLength());
}
