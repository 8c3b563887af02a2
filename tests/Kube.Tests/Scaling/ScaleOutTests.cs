using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Scaling;

/// <summary>Engines come for what waits for them, and go when nothing does.</summary>
public sealed class ScaleOutTests(KubeCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>From an instance's join to the first result, and what an instance takes to start, where the machine has nothing else to do.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Ten_sessions_on_three_slots_have_four_instances_and_none_when_they_are_over()
    {
        await cluster.IsAtZeroAsync("delay");
        var most = 0;
        cluster.Pods.Changed += Count;
        var since = DateTimeOffset.UtcNow;

        var sessions = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Submission.SendDelayAsync(cluster.Rest, number == 0 ? 0 : 10)));
        await cluster.Pods.UntilAsync("four pods of delay", Patience, pods => pods.Count(pod => Pod.IsOf(pod, "engine-delay")) == 4);
        var ends = await Task.WhenAll(sessions.Select(session => cluster.Rest.WaitForEndAsync(session, Patience)));
        await cluster.IsAtZeroAsync("delay");
        cluster.Pods.Changed -= Count;

        Assert.All(ends, end => Assert.Equal("finished", end.GetProperty("process").GetProperty("status").GetString()));
        Assert.Equal(4, most);
        var joined = PodLog.FindFirstJoin(cluster.Lab, "delay", since);
        var first = ends.Min(end => end.GetProperty("process").GetProperty("ended_at").GetDateTimeOffset());
        var starts = PodLog.FindStarts(cluster.Lab, "delay", since);
        TestContext.Current.SendDiagnosticMessage($"From submission to the first instance's join: {joined - since}, from there to the first result: {first - joined}; starts: {string.Join(", ", starts)}");

        // A machine that is busy, if only with the other three's starts, takes as many times longer for the one as for the other.
        var patience = Idle * Math.Max(1, starts.Max() / Idle);
        Assert.True(first - joined <= patience, $"The first result came {first - joined} after the first instance; they took {string.Join(", ", starts)} to start.");

        void Count(JsonElement pod) => most = Math.Max(most, cluster.Count("engine-delay"));
    }

    [Fact]
    public async Task Three_engines_of_one_workflow_come_side_by_side()
    {
        string[] engines = ["delay", "relay", "hello"];
        foreach (var engine in engines)
        {
            await cluster.IsAtZeroAsync(engine);
        }

        var session = await StartWorkflowAsync();
        var pods = await cluster.Pods.UntilAsync("a pod of each engine", Patience, all => engines.Select(engine => all.FirstOrDefault(pod => Pod.IsOf(pod, $"engine-{engine}"))).ToList() is var found && found.TrueForAll(pod => pod.ValueKind is JsonValueKind.Object) ? found : null);
        var end = await cluster.Rest.WaitForEndAsync(session, Patience);

        Assert.Equal("finished", end.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal(2, end.GetProperty("results").EnumerateObject().Count());
        var created = pods.Select(pod => pod.GetProperty("metadata").GetProperty("creationTimestamp").GetDateTimeOffset()).ToList();
        Assert.True(created.Max() - created.Min() <= TimeSpan.FromSeconds(3), $"They came {created.Max() - created.Min()} apart.");
    }

    /// <summary>What a relay passes on both a delay and a hello have.</summary>
    private async Task<string> StartWorkflowAsync()
    {
        var workflow = new
        {
            dataChannels = new object[]
            {
                new { name = "in", type = "JSON" },
                new { name = "both", type = "JSON" },
                new { name = "delayed", type = "JSON", interested = true },
                new { name = "greeted", type = "JSON", interested = true },
            },
            engines = new[] { Node("relay", "In", "in", "Out", "both"), Node("delay", "Control", "both", "Result", "delayed"), Node("hello", "Control", "both", "Result", "greeted") },
            startData = new[] { new { channelName = "in", payload = new { seconds = 0.1, name = "Ada" } } },
        };
        using var response = await cluster.Rest.Http.PostAsJsonAsync(new Uri("api/v1/process-workflow", UriKind.Relative), workflow, TestContext.Current.CancellationToken);
        var answer = await Gateway.ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.

        static object Node(string id, string input, string from, string output, string to) => new
        {
            id,
            inputs = new[] { new { name = input, linkTo = from } },
            outputs = new[] { new { name = output, linkTo = to } },
        };
    }
}
