using BlueEdge.Grains.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Silos that come and go; each test brings its own.</summary>
public sealed class LostSiloTests(EngineCluster cluster)
{
    [Fact]
    public async Task An_instance_dies_with_its_silo_and_is_never_made_elsewhere()
    {
        var silo = await cluster.AddSiloAsync();
        var key = new EngineInstanceKey("directed", silo).ToString();
        var instance = cluster.Grains.GetGrain<IEngineInstanceGrain>(key);
        var start = Starts.Of(cluster, null, TimeSpan.FromSeconds(30));
        Assert.Equal(SubSessionStatus.Ready, (await instance.StartAsync(start, CancellationToken.None).OrFail("the start")).Status);

        await cluster.KillAsync(silo).OrFail("the silo's death");

        for (var time = 0; time < 3; time++)
        {
            var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => instance.StartAsync(start, CancellationToken.None).OrFail("the answer"));
            Assert.Contains(key, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_that_stops_drains_its_instances_and_takes_leave(bool schedulerIsThere)
    {
        var silo = await cluster.AddSiloAsync();
        var key = new EngineInstanceKey("directed", silo).ToString();
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Starts.Of(cluster, new() { Stop = (_, _) => new(finish.Task) }, TimeSpan.FromSeconds(30)) with { Inputs = [] };
        Assert.Equal("joined", await cluster.Attendances.NextAsync(key));
        await cluster.Grains.GetGrain<IEngineInstanceGrain>(key).StartAsync(start, CancellationToken.None).OrFail("the start");

        if (!schedulerIsThere)
        {
            cluster.Attendances.RefuseDrain[key] = true;
        }

        var stopping = cluster.StopAsync(silo);
        Assert.Equal("draining", await cluster.Attendances.NextAsync(key));
        Assert.False(cluster.Reports.Has(start.Key), "The sub-session ended before the engine did.");
        finish.SetResult();

        Assert.Equal(SubSessionStatus.Finished, (await cluster.Reports.NextAsync(start.Key)).Status);
        Assert.StartsWith("left", await cluster.Attendances.NextAsync(key), StringComparison.Ordinal);
        await stopping.OrFail("the silo's stop");
    }
}
