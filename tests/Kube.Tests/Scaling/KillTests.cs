using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Scaling;

/// <summary>A pod that is killed with no grace.</summary>
public sealed class KillTests(KubeCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(0, "failed")]
    [InlineData(1, "finished")]
    public async Task Its_session_fails_or_runs_again_as_its_spec_says(int retries, string status)
    {
        var session = await Submission.SendDelayAsync(cluster.Rest, 15, retries);
        await cluster.Pods.UntilAsync("a pod of delay is ready", Patience, pods => pods.Any(pod => Pod.IsOf(pod, "engine-delay") && Pod.IsReady(pod)));
        var instance = await cluster.Rest.WaitForInstanceAsync(session);
        var pod = cluster.Pods.All.First(each => Pod.IsOf(each, "engine-delay") && instance.Contains($"/{Pod.AddressOf(each)}:", StringComparison.Ordinal));

        await cluster.Lab.TellAsync("-n", KubeCluster.Namespace, "delete", "pod", Pod.NameOf(pod), "--grace-period=0", "--force");
        var end = await cluster.Rest.WaitForEndAsync(session, Patience);

        Assert.True(end.GetProperty("process").GetProperty("status").GetString() == status, $"{end}");
        Assert.Equal(retries + 1, end.GetProperty("process").GetProperty("attempt").GetInt32());
    }
}
