using System.Text.Json;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Scaling;

/// <summary>Instances go without taking work with them.</summary>
public sealed class ScaleInTests(KubeCluster cluster)
{
    private const int Slots = 3;
    private const int Instances = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_burst_while_instances_go_fails_nothing()
    {
        await cluster.IsAtZeroAsync("delay");
        var former = await Task.WhenAll(Enumerable.Range(0, Slots * Instances).Select(_ => Submission.SendDelayAsync(cluster.Rest, 8)));
        await cluster.Pods.UntilAsync("four pods of delay", Patience, pods => pods.Count(pod => Pod.IsOf(pod, "engine-delay")) >= Instances);
        await cluster.Pods.UntilAsync("a pod of delay goes", Patience, pods => pods.Any(pod => Pod.IsOf(pod, "engine-delay") && Pod.IsLeaving(pod)));

        var burst = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Submission.SendDelayAsync(cluster.Rest, 0.2 + (number % 5 * 0.2))));

        // None has a retry: each that an instance took with it would be told.
        foreach (var session in former.Concat(burst))
        {
            var end = await cluster.Rest.WaitForEndAsync(session, Patience);
            Assert.True(end.GetProperty("process").GetProperty("status").GetString() is "finished", $"{end}");
        }
    }

    [Fact]
    public async Task Who_works_stays_while_another_is_idle()
    {
        await cluster.IsAtZeroAsync("delay");
        var sessions = await Task.WhenAll(Enumerable.Range(0, Slots * Instances).Select(_ => Submission.SendDelayAsync(cluster.Rest, 120)));
        await cluster.Pods.UntilAsync("four pods of delay are ready", Patience, pods => pods.Count(pod => Pod.IsOf(pod, "engine-delay") && Pod.IsReady(pod)) == Instances);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var session in sessions)
        {
            places[session] = await cluster.Rest.WaitForInstanceAsync(session);
        }

        // Where nobody says how costly an end is, the one that was ready last goes first: that one shall work on.
        var last = cluster.Pods.All.Where(pod => Pod.IsOf(pod, "engine-delay")).MaxBy(ReadySince);
        var kept = sessions.First(session => places[session].Contains($"/{Pod.AddressOf(last)}:", StringComparison.Ordinal));
        var wronglyChosen = new List<string>();
        cluster.Pods.Changed += Look;
        foreach (var session in sessions.Where(session => session != kept))
        {
            await cluster.Rest.StopAsync(session);
        }

        var left = await cluster.Pods.UntilAsync("one pod of delay stays", Patience, pods => pods.Where(pod => Pod.IsOf(pod, "engine-delay") && !Pod.IsLeaving(pod)).ToList() is { Count: 1 } one ? one : null);
        cluster.Pods.Changed -= Look;

        Assert.Equal(Pod.NameOf(last), Pod.NameOf(left[0]));
        Assert.Empty(wronglyChosen);
        Assert.Equal("processing", (await cluster.Rest.FindAsync(kept)).GetProperty("process").GetProperty("status").GetString());
        await cluster.Rest.StopAsync(kept);

        void Look(JsonElement pod)
        {
            if (Pod.NameOf(pod) == Pod.NameOf(last) && Pod.IsLeaving(pod) && cluster.Count("engine-delay") > 0)
            {
                wronglyChosen.Add(Pod.NameOf(pod));
            }
        }
    }

    private static DateTimeOffset ReadySince(JsonElement pod) => pod.GetProperty("status").GetProperty("conditions").EnumerateArray()
        .Where(condition => condition.GetProperty("type").GetString() is "Ready")
        .Max(condition => condition.GetProperty("lastTransitionTime").GetDateTimeOffset());
}
