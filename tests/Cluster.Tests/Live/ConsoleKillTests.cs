using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Who listens to all sessions while a core silo is killed.</summary>
public sealed class ConsoleKillTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_console_is_told_that_a_core_silo_went_and_came_and_hears_on()
    {
        using var response = await cluster.First.Http.GetAsync(new Uri("api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var events = SseParser.Create(await response.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
        await UntilAsync(events, each => each.EventType is "listening");
        await HearsAsync(events);

        await cluster.KillAsync("silo-2");
        await UntilAsync(events, each => each.EventType is "gap");
        await HearsAsync(events);

        await cluster.StartAsync("silo-2");
        await UntilAsync(events, each => each.EventType is "gap");
        await HearsAsync(events);
    }

    /// <summary>Sessions wherever they live, and so at least one on each silo, are told to their ends.</summary>
    private async Task HearsAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        HashSet<string> left = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync()))];
        while (left.Count > 0)
        {
            var end = await UntilAsync(events, each => each.EventType is "sessionStatusChanged" && each.Data.Contains("\"status\":\"finished\"", StringComparison.Ordinal));
            using var data = JsonDocument.Parse(end.Data);
            left.Remove(data.RootElement.GetProperty("sessionId").GetString() ?? "");
        }
    }

    /// <summary>Starts a session, as soon as some are taken again.</summary>
    private async Task<string> StartAsync()
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, TimeProvider.System, Ct))
        {
            using var response = await cluster.Second.PostDelayAsync(seconds: 0.01);
            var answer = await Gateway.ReadAsync(response);
            if (response.IsSuccessStatusCode)
            {
                return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(since.Elapsed < Patience, $"No session was accepted: {answer}");
        }
    }

    private static async Task<SseItem<string>> UntilAsync(IAsyncEnumerator<SseItem<string>> events, Func<SseItem<string>, bool> isIt)
    {
        do
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System, Ct), "The stream ended.");
        }
        while (!isIt(events.Current));

        return events.Current;
    }
}
