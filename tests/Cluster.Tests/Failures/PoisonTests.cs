using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class PoisonTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task An_item_that_its_engine_throws_on_is_tried_three_times_and_lies_in_the_dead_letters()
    {
        using var posted = await cluster.First.PostAsync(
            """
            {
              "engineId": "fail",
              "inputs": { "Control": { "type": "JSON", "payload": { "message": "poison" } } },
              "outputs": {},
              "retry": { "attempts": 2 }
            }
            """);
        var session = (await Gateway.ReadAsync(posted)).GetProperty("data").GetProperty("sessionId").GetString()!;
        var other = await cluster.First.StartDelayAsync(seconds: 0.1);

        var end = await cluster.Second.WaitForEndAsync(session, Patience);

        Assert.Equal(("failed", 3), Facts(end));
        var letter = Assert.Single(await DeadLettersAsync(session));
        Assert.Equal(("Control", 0, 3, "poison"), (
            letter.GetProperty("channel").GetString(), letter.GetProperty("sequence").GetInt32(), letter.GetProperty("attempt").GetInt32(), letter.GetProperty("json").GetProperty("message").GetString()));
        Assert.Equal(("finished", 1), Facts(await cluster.Second.WaitForEndAsync(other, Patience)));
    }

    [Fact]
    public async Task An_item_that_its_process_dies_of_is_tried_three_times_and_lies_in_the_dead_letters()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 120, retries: 2);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var host = cluster.FindHost(await WaitForAttemptAsync(session, attempt));
            await cluster.KillAsync(host);
            output.WriteLine($"Attempt {attempt} died with {host}.");
            await cluster.StartAsync(host);
        }

        var end = await cluster.Second.WaitForEndAsync(session, Patience);

        Assert.Equal(("failed", 3), Facts(end));
        var letter = Assert.Single(await DeadLettersAsync(session));
        Assert.Equal((120, "its engine instance was lost"), (letter.GetProperty("json").GetProperty("seconds").GetInt32(), letter.GetProperty("error").GetString()));
        await cluster.IsIdleAsync();
    }

    private static (string?, int) Facts(JsonElement session)
    {
        var process = session.GetProperty("process");
        return (process.GetProperty("status").GetString(), process.GetProperty("attempt").GetInt32());
    }

    private async Task<string> WaitForAttemptAsync(string session, int attempt)
    {
        while (true)
        {
            var instance = await cluster.Second.WaitForInstanceAsync(session);
            if (Facts(await cluster.Second.FindAsync(session)).Item2 == attempt)
            {
                return instance;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task<List<JsonElement>> DeadLettersAsync(string session)
    {
        var answer = await cluster.Second.Http.GetFromJsonAsync<JsonElement>(
            new Uri($"api/v1/sessions/{session}/dead-letters", UriKind.Relative), TestContext.Current.CancellationToken);
        return [.. answer.GetProperty("data").GetProperty("deadLetters").EnumerateArray()];
    }
}
