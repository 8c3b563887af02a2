using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class KilledSessionTests
{
    private const int Enough = 60;

    // Some wait for a slot, some run, some have ended when the process dies.
    private const string Session =
        """
        {
          "engineId": "delay",
          "inputs": { "Control": { "type": "JSON", "payload": { "seconds": 0.05 } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Ends = ["finished", "failed", "canceled"];

    [Fact]
    public async Task Every_session_that_was_answered_comes_to_an_end_after_a_kill()
    {
        await using var silo = await SiloProcess.StartAsync();
        var accepted = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmitUntilKilledAsync(silo, accepted, enough)));

        // Clients that end before they should say why.
        var first = await Task.WhenAny(clients, enough.Task).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        await first;
        await silo.KillAsync();
        await clients;
        await silo.RestartAsync();

        Assert.InRange(accepted.Count, Enough, int.MaxValue);
        var ends = await Task.WhenAll(accepted.Select(session => WaitForEndAsync(silo, session)));
        Assert.All(ends, end => Assert.Contains(end, Ends));
    }

    private static async Task SubmitUntilKilledAsync(SiloProcess silo, ConcurrentBag<string> accepted, TaskCompletionSource enough)
    {
        while (true)
        {
            using var body = new StringContent(Session, Encoding.UTF8, "application/json");
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

            accepted.Add(answer.GetProperty("data").GetProperty("sessionId").GetString()!);
            if (accepted.Count >= Enough)
            {
                enough.TrySetResult();
            }
        }
    }

    private static async Task<string?> WaitForEndAsync(SiloProcess silo, string session)
    {
        var address = new Uri($"api/v1/process-single-engine/{session}?waitTimeSecond={Patience.TotalSeconds}", UriKind.Relative);
        using var response = await silo.Http.GetAsync(address, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"Session {session}: {answer}");
        return answer.GetProperty("data").GetProperty("process").GetProperty("status").GetString();
    }
}
