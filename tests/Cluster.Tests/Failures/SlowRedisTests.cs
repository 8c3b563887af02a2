using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class SlowRedisTests(ProxiedCluster cluster, ITestOutputHelper output) : IClassFixture<ProxiedCluster>
{
    private const int Items = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);

    /// <summary>A submission waits for the store twice: two answers of 2 s each come in time, of 3 s they do not.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_Redis_that_answers_late_costs_time_and_nothing_else(int seconds, bool isTooLate)
    {
        Assert.SkipUnless(ProxiedCluster.IsThere, "There is no proxy on this machine.");
        var session = await cluster.First.StartChainAsync(relays: 2, Enumerable.Repeat(0.2, Items));
        await cluster.First.WaitForInstanceAsync(session);

        await cluster.DelayAsync(TimeSpan.FromSeconds(seconds));
        var since = Stopwatch.StartNew();
        using var answer = await cluster.First.PostDelayAsync(seconds: 0.01);
        var answered = since.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.HealAsync();

        output.WriteLine($"With answers {seconds} s late the submission was answered {answer.StatusCode} after {answered}.");
        Assert.InRange(answered, TimeSpan.Zero, LongestAnswer);
        if (isTooLate || answer.StatusCode is not HttpStatusCode.OK)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        await cluster.UpAsync();
        var end = await cluster.First.WaitForEndAsync(session, Patience);
        Assert.True(StatusOf(end) is "finished", end.ToString());
        Assert.Equal(Items, end.GetProperty("results").GetProperty("Out").GetArrayLength());
        await cluster.IsIdleAsync();
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();
}
