using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class KilledSessionTests
{
    private const int Enough = 200;

    // Some wait for a slot, some run, some have ended when the process dies; every second one may run again.
    private const string Session =
        """
        {
          "engineId": "delay",
          "inputs": { "Control": { "type": "JSON", "payload": { "seconds": 0.05 } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } },
          "retry": { "attempts": RETRIES }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Of_two_hundred_sessions_none_is_missing_after_a_kill_and_each_ends_as_it_should()
    {
        await using var silo = await SiloProcess.StartAsync();
        var accepted = new ConcurrentBag<(string Id, bool Retries)>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmitUntilKilledAsync(silo, accepted, enough)));

        // Clients that end before they should say why.
        var first = await Task.WhenAny(clients, enough.Task).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        await first;
        await silo.KillAsync();
        await clients;
        await silo.RestartAsync();

        Assert.InRange(accepted.Count, Enough, int.MaxValue);
        var ends = await Task.WhenAll(accepted.Select(async session => (session.Retries, Data: await WaitForEndAsync(silo, session.Id))));
        Assert.All(ends, end =>
        {
            var process = end.Data.GetProperty("process");
            if (process.GetProperty("status").GetString() is "finished")
            {
                Assert.Equal(1, end.Data.GetProperty("results").GetProperty("Result").GetArrayLength());
            }
            else
            {
                Assert.Equal("failed", process.GetProperty("status").GetString());
                Assert.Contains("its engine instance was lost", process.GetProperty("reason").GetString(), StringComparison.Ordinal);
                Assert.False(end.Retries, $"A session that may run again failed: {end.Data}");
            }
        });
    }

    private static async Task SubmitUntilKilledAsync(SiloProcess silo, ConcurrentBag<(string Id, bool Retries)> accepted, TaskCompletionSource enough)
    {
        for (var retries = false; ; retries = !retries)
        {
            using var body = new StringContent(Session.Replace("RETRIES", retries ? "3" : "0", StringComparison.Ordinal), Encoding.UTF8, "application/json");
            JsonElement answer;
            try
            {
                using var response = await silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), body);
                answer = await response.Content.ReadFromJsonAsync<JsonElement>();
                Assert.True(response.IsSuccessStatusCode, answer.ToString());
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                // It was killed.
                return;
            }

            accepted.Add((answer.GetProperty("data").GetProperty("sessionId").GetString()!, retries));
            if (accepted.Count >= Enough)
            {
                enough.TrySetResult();
            }
        }
    }

    private static async Task<JsonElement> WaitForEndAsync(SiloProcess silo, string session)
    {
        var address = new Uri($"api/v1/process-single-engine/{session}?waitTimeSecond={Patience.TotalSeconds}", UriKind.Relative);
        using var response = await silo.Http.GetAsync(address, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"Session {session}: {answer}");
        return answer.GetProperty("data");
    }
}
