using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Updates;

/// <summary>Each deployment goes to another build while sessions come.</summary>
public sealed class RollingUpdateTests(KubeCluster cluster)
{
    private const int SessionsASecond = 20;
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What an engine host that was killed would fail runs again; none of these needs to.</summary>
    private const string Session = """
        {
          "engineId": "hello",
          "inputs": { "Control": { "type": "JSON", "payload": { "name": "Ada" } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } },
          "retry": { "attempts": 3 }
        }
        """;

    [Theory]
    [InlineData("blueedge-core", "blueedge/core-silo")]
    [InlineData("blueedge-gateway", "blueedge/gateway")]
    [InlineData("engine-hello", "blueedge/engine-hello")]
    public async Task It_fails_no_session_and_refuses_none_for_long(string deployment, string image)
    {
        var next = $"{image}:next";
        await using var load = new SteadyLoad(cluster.Rest, SessionsASecond);
        load.Begin(Session);
        await cluster.Pods.UntilAsync("hello runs", Patience, pods => pods.Any(pod => Pod.IsOf(pod, "engine-hello") && Pod.IsReady(pod)));

        await cluster.Lab.TellAsync("-n", KubeCluster.Namespace, "set", "image", $"deployment/{deployment}", $"*={next}");
        await cluster.Pods.UntilAsync($"every pod of {deployment} is of the next build", Patience, pods =>
            pods.Where(pod => Pod.IsOf(pod, deployment)).ToList() is { Count: > 0 } all && all.TrueForAll(pod => Pod.ImageOf(pod) == next && Pod.IsReady(pod)));
        var sessions = await load.EndAsync();

        var longest = sessions.Max(session => session.Wait);
        TestContext.Current.SendDiagnosticMessage($"{deployment}: {sessions.Count} sessions, the longest refusal {longest}");
        Assert.True(longest <= LongestRefusal, $"A submission was not taken for {longest}.");
        foreach (var (session, _) in sessions)
        {
            var end = await cluster.Rest.WaitForEndAsync(session, Patience);
            Assert.True(end.GetProperty("process").GetProperty("status").GetString() is "finished", $"{end}");
        }
    }
}
