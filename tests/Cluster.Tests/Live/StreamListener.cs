using System.Net.ServerSentEvents;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Listens by server-sent events, and comes back with the last id.</summary>
internal sealed class StreamListener(Gateway[] gateways, string session) : ListeningClient(gateways)
{
    protected override async Task<bool> StayAsync(Gateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"api/v1/sessions/{session}/channels/Out/events", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Last-Event-ID", Heard.Cursor);
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
            return false;
        }

        await foreach (var each in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            if (each.EventType is "end")
            {
                return true;
            }

            Assert.Equal("item", each.EventType);
            Hear(each.EventId ?? "", JsonElement.Parse(each.Data).GetProperty("value"));
        }

        return false;
    }
}
