using BlueEdge.Clustering.Storage;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>A store that has less than it said it stored, as a Redis that was killed may have.</summary>
public sealed class LostResultsTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_whose_results_were_lost_fails_and_says_so()
    {
        await SubmitAsync(retries: 0);
        await LoseOneAsync();

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("has 1 of the 2 results of channel 'result'", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_may_runs_again_and_has_all_of_them()
    {
        await SubmitAsync(retries: 1);
        await LoseOneAsync();

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Finished, 2), (ended.Status, ended.Epoch));
        Assert.Contains("that it had: it was set back", Assert.Single(ended.FormerAttempts).Reason, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], await ReadAsync(_session, "result"));
    }

    /// <summary>The first node's two results are there while the second node still waits.</summary>
    private async Task SubmitAsync(int retries)
    {
        var spec = Session(
            [Node("relay", "relay", [("In", "numbers")], ("Out", "result")), Node("delay", "delay", [("Control", "control")])],
            ("numbers", 1), ("numbers", 2), ("control", new { seconds = 1.5 }));
        await _session.SubmitAsync(spec with { Retry = retries > 0 ? new() { Attempts = retries } : null }, null, Ct);
    }

    private async Task LoseOneAsync()
    {
        await OwnCluster.UntilAsync(
            async () => (await _session.FindAsync(Ct))?.Nodes[0].Status is SubSessionStatus.Finished, "a node that has finished");
        await cluster.Redis.GetDatabase().ListRightPopAsync(new StorageKeys(StorageKeys.DefaultServiceId).Results(_session.GetPrimaryKeyString(), 1, "result"));
    }
}
