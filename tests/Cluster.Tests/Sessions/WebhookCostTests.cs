using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Webhooks.Tests.Delivery;

namespace BlueEdge.Cluster.Tests.Sessions;

/// <summary>What a webhook costs the store while its receiver answers, as docs/webhooks.md has it.</summary>
public sealed class WebhookCostTests(CountedCluster cluster) : IClassFixture<CountedCluster>
{
    /// <summary>So many sessions, one after the other, so that none shares its writes with another.</summary>
    private const int Sessions = 20;

    private const string Hello = """
        {
          "engineId": "hello",
          "inputs": { "Control": { "type": "JSON", "payload": { "name": "Ada" } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } },
          "webhooks": [WEBHOOKS],
          "waitTimeSecond": 20
        }
        """;

    [Fact]
    public async Task Told_of_all_four_statuses_it_costs_a_session_two_commands()
    {
        await using var hook = await Hook.StartAsync();
        await using var monitor = await cluster.MonitorAsync();
        var webhook = $$"""{ "statusTypes": ["sessionStatusChanged"], "callbackUrl": "{{hook.Address}}" }""";

        // What a process does for the first time takes long.
        await RunAllAsync("");
        await RunAllAsync(webhook);
        await cluster.IsIdleAsync();

        var without = await RunAllAsync("");
        var with = await RunAllAsync(webhook);
        foreach (var session in with)
        {
            await monitor.UntilAsync("ZREM", "untold", session);
        }

        await cluster.IsIdleAsync();
        await cluster.TellRedisAsync("ECHO", "all-is-told");
        await monitor.UntilAsync("ECHO", "all-is-told");

        var (plain, hooked) = (Commands(monitor, without), Commands(monitor, with));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Without: {string.Join(' ', plain.Select(each => each.Count))}, with one: {string.Join(' ', hooked.Select(each => each.Count))}; such as:\n{string.Join('\n', plain[0])}\n\n{string.Join('\n', hooked[0])}");
        // Now and then two of a session's writes go as one.
        var usual = plain[Sessions / 2].Count;
        Assert.InRange(hooked[0].Count - usual, 1, 2);

        // Where a call takes as long as the session, a slow machine's do, the next one tells of what came meanwhile, and has to look for results.
        Assert.InRange(hooked[Sessions / 2].Count - usual, 2, 3);
    }

    private async Task<List<string>> RunAllAsync(string webhooks)
    {
        List<string> sessions = [];
        for (var session = 0; session < Sessions; session++)
        {
            sessions.Add(await RunAsync(webhooks));
        }

        return sessions;
    }

    private async Task<string> RunAsync(string webhooks)
    {
        using var response = await cluster.First.PostAsync(Hello.Replace("WEBHOOKS", webhooks, StringComparison.Ordinal));
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Contains("\"finished\"", answer.ToString(), StringComparison.Ordinal);
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }

    /// <summary>What was sent about each session, cut short; the fewest first.</summary>
    private static List<List<string>> Commands(RedisMonitor monitor, IReadOnlyList<string> sessions)
    {
        const int Long = 400;
        var sent = monitor.Sent;
        return [.. sessions.Select(session => sent.Where(line => line.Contains(session, StringComparison.Ordinal)).Select(line => line.Length > Long ? line[..Long] : line).ToList()).OrderBy(each => each.Count)];
    }
}
