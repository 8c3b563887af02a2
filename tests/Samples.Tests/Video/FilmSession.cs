using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BlueEdge.Samples.Tests.Video;

/// <summary>A live session that a client sends a film into: it is decoded, its edges are drawn, and made a film again.</summary>
internal sealed class FilmSession : IDisposable
{
    private readonly HttpClient _http;
    private long _sent;

    private FilmSession(HttpClient http, string id) => (_http, Id) = (http, id);

    public string Id { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="address">The gateway.</param>
    /// <param name="delivery"><c>every</c> or <c>latest</c>, of the channels of pictures.</param>
    public static async Task<FilmSession> SubmitAsync(Uri address, string delivery)
    {
        var http = new HttpClient { BaseAddress = new(address, "/api/v1/"), Timeout = TimeSpan.FromMinutes(5) };
        var spec = $$"""
            {
              "dataChannels": [
                {"name": "Film", "type": "Video", "external": "in"},
                {"name": "Frames", "type": "Image", "delivery": "{{delivery}}"},
                {"name": "Edges", "type": "Image", "delivery": "{{delivery}}"},
                {"name": "Drawn", "type": "Video", "interested": true, "external": "out"}
              ],
              "engines": [
                {"id": "video-decode", "name": "decode", "inputs": [{"name": "In", "linkTo": "Film"}], "outputs": [{"name": "Out", "linkTo": "Frames"}]},
                {"id": "image-edges", "name": "edges", "inputs": [{"name": "In", "linkTo": "Frames"}], "outputs": [{"name": "Out", "linkTo": "Edges"}]},
                {"id": "video-encode", "name": "encode", "inputs": [{"name": "In", "linkTo": "Edges"}], "outputs": [{"name": "Out", "linkTo": "Drawn"}]}
              ]
            }
            """;
        using var response = await http.PostAsync(new Uri("process-workflow", UriKind.Relative), new StringContent(spec, new MediaTypeHeaderValue("application/json")), Ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(response.IsSuccessStatusCode, answer.GetRawText());
        return new(http, answer.GetProperty("data").GetProperty("sessionId").GetString()!); // Every accepted session has one.
    }

    /// <summary>Sends a part of the film, again and again where there is no room for it yet.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> part)
    {
        while (true)
        {
            using var content = new ReadOnlyMemoryContent(part) { Headers = { ContentType = new("video/mp4") } };
            using var response = await _http.PostAsync(At($"channels/Film/items?writer=camera&sequence={_sent}"), content, Ct);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
                _sent++;
                return;
            }
        }
    }

    /// <summary>Ends the film, and waits for the session's end.</summary>
    /// <returns>What was made of it, item by item: its attributes and its bytes.</returns>
    public async Task<IReadOnlyList<(JsonElement Attributes, byte[] Bytes)>> FinishAsync()
    {
        using var end = await _http.PostAsync(At("channels/Film/end?writer=camera"), content: null, Ct);
        Assert.True(end.IsSuccessStatusCode, await end.Content.ReadAsStringAsync(Ct));
        var data = (await _http.GetFromJsonAsync<JsonElement>(new Uri($"process-workflow/{Id}?envelope=true&waitTimeSecond=240", UriKind.Relative), Ct)).GetProperty("data");
        var process = data.GetProperty("process");
        Assert.True(process.GetProperty("status").ValueEquals("finished"), process.GetRawText());
        Assert.False(data.TryGetProperty("warnings", out var warnings) && warnings.GetArrayLength() > 0, warnings.ToString());
        List<(JsonElement, byte[])> items = [];
        foreach (var item in data.GetProperty("results").GetProperty("Drawn").EnumerateArray())
        {
            var bytes = item.TryGetProperty("data", out var inline)
                ? inline.GetBytesFromBase64()
                : await _http.GetByteArrayAsync(new Uri(_http.BaseAddress!, item.GetProperty("href").GetString()), Ct); // Set when it was made.
            items.Add((item.TryGetProperty("attributes", out var attributes) ? attributes : default, bytes));
        }

        return items;
    }

    public void Dispose() => _http.Dispose();

    private Uri At(string path) => new(string.Create(CultureInfo.InvariantCulture, $"sessions/{Id}/{path}"), UriKind.Relative);
}
