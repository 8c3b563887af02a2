using System.Net.ServerSentEvents;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Those who listen to a session while gateways are killed.</summary>
public sealed class ListenerKillTests(TestCluster cluster)
{
    private const int Items = 60;
    private const int Listeners = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Listeners_of_a_gateway_that_was_killed_go_on_at_another_with_nothing_lost_or_doubled(bool isKept)
    {
        var session = await cluster.First.StartChainAsync(relays: 1, Enumerable.Repeat(0.05, Items), isKept: isKept);
        using var killed = new SemaphoreSlim(0);
        var listeners = Enumerable.Range(0, Listeners).Select(_ => ListenAsync(session, killed)).ToList();
        for (var heard = 0; heard < Listeners; heard++)
        {
            Assert.True(await killed.WaitAsync(TimeSpan.FromMinutes(3), Ct), "No listener heard any item.");
        }

        await cluster.KillAsync("gateway-1");

        Assert.All(await Task.WhenAll(listeners), ids => Assert.Equal([.. Enumerable.Range(0, Items).Select(number => $"1:{number}"), "end"], ids));
        await cluster.StartAsync("gateway-1");
    }

    /// <summary>Listens at the first gateway, and at the second once the connection breaks; the ids of all it heard.</summary>
    private async Task<List<string>> ListenAsync(string session, SemaphoreSlim heard)
    {
        List<string> ids = [];
        try
        {
            await ReadAsync(cluster.First.Http, session, ids, heard);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // The gateway is gone.
        }

        Assert.NotEqual("end", ids.LastOrDefault());
        await ReadAsync(cluster.Second.Http, session, ids, heard);
        return ids;
    }

    private static async Task ReadAsync(HttpClient http, string session, List<string> ids, SemaphoreSlim heard)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"api/v1/sessions/{session}/channels/Out/events", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Last-Event-ID", ids.LastOrDefault());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        await foreach (var each in SseParser.Create(await response.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct))
        {
            ids.Add(each.EventId ?? "");
            if (ids.Count == 3)
            {
                heard.Release();
            }
        }
    }
}
