using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>Listens to a stream of events, as a browser does.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private Listener(HttpResponseMessage response, Stream content)
    {
        _response = response;
        _events = SseParser.Create(content).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for a stream, of which nothing need have come yet.</summary>
    public static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string? lastEventId = null, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public static async Task<Listener> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        var response = await AskAsync(http, path, lastEventId);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        return new(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; <see langword="null"/> where the stream ended.</summary>
    public async Task<StreamEvent?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            return null;
        }

        using var data = JsonDocument.Parse(_events.Current.Data);
        return new(_events.Current.EventType, _events.Current.EventId ?? "", data.RootElement.Clone());
    }

    /// <summary>So many of the next events.</summary>
    public async Task<List<StreamEvent>> TakeAsync(int count)
    {
        List<StreamEvent> events = [];
        while (events.Count < count)
        {
            events.Add(await NextAsync() ?? throw new InvalidOperationException($"The stream ended after {events.Count} events and not {count}: {string.Join(", ", events)}"));
        }

        return events;
    }

    /// <summary>All that comes until the stream ends.</summary>
    public async Task<List<StreamEvent>> RestAsync()
    {
        List<StreamEvent> events = [];
        while (await NextAsync() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _events.DisposeAsync();
        }
        catch (Exception error) when (error is IOException or NotSupportedException or HttpRequestException)
        {
            // It was reading when the connection was closed.
        }
    }
}
