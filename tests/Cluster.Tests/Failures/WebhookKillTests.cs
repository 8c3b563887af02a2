using System.Text.Json;
using BlueEdge.Client.Webhooks;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Silo.Tests.Processes;
using BlueEdge.Webhooks;
using BlueEdge.Webhooks.Tests.Delivery;

namespace BlueEdge.Cluster.Tests.Failures;

/// <summary>What a silo that is killed had under way to receivers is delivered by another one, with the same id.</summary>
public sealed class WebhookKillTests(HookedCluster cluster) : IClassFixture<HookedCluster>
{
    private const int Sessions = 12;

    private const string Hello = """
        {
          "engineId": "hello",
          "inputs": { "Control": { "type": "JSON", "payload": { "name": "Ada" } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } },
          "webhooks": [{ "statusTypes": ["sessionStatusChanged"], "callbackUrl": "URL", "callbackHeader": { "X-Key": "HEADER" } }]
        }
        """;

    [Theory]
    [InlineData("silo-1")]
    [InlineData("silo-2")]
    public async Task What_was_under_way_is_delivered_by_another_silo_with_the_same_id(string killed)
    {
        // Every end is held until both silos' calls are under way and one of them is dead.
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hook = await Hook.StartAsync((call, http) => call.Status is "finished" ? release.Task.WaitAsync(http.RequestAborted) : Task.CompletedTask);
        var submitted = new HashSet<string>(StringComparer.Ordinal);
        for (var session = 0; session < Sessions; session++)
        {
            using var response = await cluster.First.PostAsync(Hello.Replace("URL", hook.Address, StringComparison.Ordinal).Replace("HEADER", Canaries.Header, StringComparison.Ordinal));
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.True(response.IsSuccessStatusCode, answer.ToString());
            submitted.Add(answer.GetProperty("data").GetProperty("sessionId").GetString()!); // An answer has one.
        }

        // As many as may be under way to one address from each silo.
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        while (held.Count < 8)
        {
            var call = await hook.EndAsync();
            held[call.Session] = call.Id;
        }

        await cluster.KillAsync(killed);
        release.SetResult();
        await hook.UntilTakenAsync(taken => submitted.IsSubsetOf(taken.Where(call => call.Status is "finished").Select(call => call.Session)));
        await cluster.UpAsync();
        var verifier = new WebhookVerifier([WebhookSecret.Parse(Canaries.Secret)]);
        foreach (var calls in hook.Calls.GroupBy(call => call.Session, StringComparer.Ordinal))
        {
            Assert.Equal(["pending", "queuing", "processing", "finished"], calls.DistinctBy(call => call.Id, StringComparer.Ordinal).Select(call => call.Status));
            Assert.All(calls, call => Assert.Equal(
                (WebhookVerification.Valid, Canaries.Header),
                (verifier.Verify(call.Body, call.Id, call.Headers[WebhookHeaders.Timestamp], call.Headers[WebhookHeaders.Signature]), call.Headers["X-Key"])));
        }
    }
}
