using System.Net;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Cluster.Tests.Sessions;

public sealed class SessionTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_session_posted_to_one_gateway_is_read_at_the_other()
    {
        using var posted = await cluster.First.PostAsync(
            """
            {
              "engineId": "hello",
              "inputs": { "Control": { "type": "JSON", "payload": { "name": "Ada" } } },
              "outputs": { "Result": { "type": "JSON", "interested": true } }
            }
            """);
        var session = (await Gateway.ReadAsync(posted)).GetProperty("data").GetProperty("sessionId").GetString()!;

        var read = await cluster.Second.WaitForEndAsync(session, Patience);

        Assert.Equal("finished", StatusOf(read));
        Assert.Equal("Hello, Ada!", read.GetProperty("results").GetProperty("Result")[0].GetProperty("greeting").GetString());
    }

    [Fact]
    public async Task A_scanned_document_goes_through_three_engines()
    {
        var (exitCode, output) = await Command.RunAsync(
            "dotnet",
            [
                Path.Combine(TestCluster.Root, "artifacts", "bin", "Demo", "release", "BlueEdge.Samples.Demo.dll"),
                "--root", TestCluster.Root, "--address", cluster.Second.Address.ToString(), "--once",
            ]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("--- page 1, confidence", output);
    }

    [Fact]
    public async Task A_large_item_is_read_at_a_gateway_that_has_only_its_reference()
    {
        var content = $"{{\"text\":\"{new string('x', 3_000_000)}\"}}";
        using var posted = await cluster.First.PostAsync(
            $$"""
            {
              "engineId": "relay",
              "inputs": { "In": { "type": "JSON", "payload": {{content}} } },
              "outputs": { "Out": { "type": "JSON", "interested": true } }
            }
            """);
        var answer = await Gateway.ReadAsync(posted);
        Assert.True(posted.IsSuccessStatusCode, answer.ToString());
        var session = answer.GetProperty("data").GetProperty("sessionId").GetString()!;

        var end = await cluster.Second.WaitForEndAsync(session, Patience);

        Assert.True(StatusOf(end) is "finished", end.ToString());
        Assert.Equal(content, await cluster.Second.Http.GetStringAsync(
            new Uri($"api/v1/process-single-engine/{session}/results/Out/0", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.NotEqual(0, cluster.CountBlobs(session));
    }

    [Fact]
    public async Task Sessions_live_on_core_silos_and_engines_on_hosts()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 60);
        await cluster.First.WaitForInstanceAsync(session);
        int[] core = [.. cluster.Parts.Where(part => part.StartsWith("silo-", StringComparison.Ordinal)).Select(cluster.SiloPortOf)];
        using var client = await cluster.ConnectAsync();

        var grains = await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(null, null, TestContext.Current.CancellationToken);

        Assert.All(grains, grain =>
        {
            var kind = grain.GrainId.Type.ToString();
            if (kind is "session" or "scheduler" or "engine-instance" || kind!.Contains("delay", StringComparison.Ordinal))
            {
                Assert.True(core.Contains(grain.SiloAddress.Endpoint.Port) == kind is "session" or "scheduler", $"{grain.GrainId} is on {grain.SiloAddress}");
            }
        });
        Assert.Contains(grains, grain => grain.GrainId.Type.ToString() is "session");
        Assert.Contains(grains, grain => grain.GrainId.Type.ToString() is "engine-instance");
        using var stopped = await cluster.First.Http.PostAsync(
            new Uri($"api/v1/process-single-engine/{session}/stop", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();
}
