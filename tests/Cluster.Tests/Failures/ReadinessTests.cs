using System.Diagnostics;
using System.Net;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

/// <summary>A process that could do nothing is not ready, and says why.</summary>
public sealed class ReadinessTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Asked = ["silo-1", "host-1", "gateway-1"];

    [Fact]
    public async Task While_Redis_takes_no_writes_nothing_is_ready_and_each_says_why()
    {
        await cluster.TellRedisAsync("CONFIG", "SET", "min-replicas-to-write", "1");
        try
        {
            foreach (var part in Asked)
            {
                await UntilAsync(part, HttpStatusCode.ServiceUnavailable);
                Assert.Contains("redis: The cluster's Redis takes no writes now: NOREPLICAS", await cluster.ReadAsync(part, "health/ready"), StringComparison.Ordinal);
            }

            using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        finally
        {
            await cluster.TellRedisAsync("CONFIG", "SET", "min-replicas-to-write", "0");
        }

        await cluster.UpAsync();
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }

    [Fact]
    public async Task A_Redis_that_has_lost_the_mark_of_its_data_is_told_of_until_it_is_back()
    {
        const string Mark = "blueedge/mark";
        var mark = (await cluster.TellRedisAsync("GET", Mark)).Output.Trim();
        Assert.Equal(32, mark.Length);
        await cluster.TellRedisAsync("DEL", Mark);

        foreach (var part in Asked)
        {
            await UntilAsync(part, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("redis: The cluster's Redis has lost its data", await cluster.ReadAsync(part, "health/ready"), StringComparison.Ordinal);
        }

        await cluster.TellRedisAsync("SET", Mark, mark);
        await cluster.UpAsync();
    }

    [Fact]
    public async Task A_second_silo_on_a_port_is_refused_in_one_line_and_the_first_goes_on()
    {
        var (exitCode, output) = await cluster.RunSecondAsync("silo-1");

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("BlueEdge:Cluster:SiloPort", line, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await cluster.GetStatusAsync("silo-1", "health/ready"));
    }

    private async Task UntilAsync(string part, HttpStatusCode status)
    {
        for (var since = Stopwatch.StartNew(); await cluster.GetStatusAsync(part, "health/ready") != status; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.True(since.Elapsed < Patience, $"{part} is not {status} after {Patience}.");
        }
    }
}
