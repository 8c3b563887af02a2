using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Hosts;

/// <summary>The program of the embedded mode as a process of a cluster, by its settings alone.</summary>
public sealed class HostModeTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task With_the_mode_Host_it_runs_the_clusters_engines_and_drains_when_it_is_stopped()
    {
        var before = await CountAsync();

        await using (var host = new ModeProcess(cluster, "Host"))
        {
            await UntilAsync(before + 1);
            Assert.Equal(0, await host.StopAsync());
            Assert.Contains("engine instances are drained", host.Output, StringComparison.Ordinal);
        }

        await UntilAsync(before);
    }

    [Fact]
    public async Task With_the_mode_Cluster_it_is_a_core_silo_and_runs_no_engine()
    {
        var before = await CountAsync();

        await using var silo = new ModeProcess(cluster, "Cluster");
        await silo.UntilReadyAsync(Patience);

        Assert.Equal(before, await CountAsync());
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
        Assert.Equal(0, await silo.StopAsync());
        Assert.DoesNotContain("Engine instance", silo.Output, StringComparison.Ordinal);
    }

    private async Task UntilAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        int found;
        while ((found = await CountAsync()) != count)
        {
            Assert.False(patience.IsCancellationRequested, string.Create(CultureInfo.InvariantCulture, $"There are {found} instances of hello, and {count} were expected."));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>How many instances of <c>hello</c> the cluster has.</summary>
    private async Task<int> CountAsync()
    {
        var answer = await cluster.First.Http.GetFromJsonAsync<JsonElement>(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.GetProperty("data").GetProperty("engines").EnumerateArray()
            .Single(engine => engine.GetProperty("id").GetString() is "hello")
            .GetProperty("instances").GetArrayLength();
    }
}
