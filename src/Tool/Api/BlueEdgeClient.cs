using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BlueEdge.Tool.Api;

/// <summary>The REST API as methods.</summary>
internal sealed class BlueEdgeClient(ApiConnection connection) : IDisposable
{
    /// <summary>Sessions of both kinds are read there.</summary>
    private const string Session = "api/v1/process-workflow/";

    /// <summary>An offset that no channel has: where the results are not wanted.</summary>
    private const long BehindResults = 1_000_000_000_000;

    private const int ListPage = 200;
    private const int ResultPage = 1_000;

    public ApiConnection Connection => connection;

    /// <summary>Submits, and answers with the session as it was accepted.</summary>
    public Task<JsonElement> SubmitAsync(Submission submission, CancellationToken cancellationToken) => connection.CallAsync(
        () => new(HttpMethod.Post, Relative($"api/v1/{submission.Route}"))
        {
            Content = Json(submission.Body),
            Headers = { { "Idempotency-Key", submission.Key } },
        },
        mayBeAway: false,
        cancellationToken);

    /// <exception cref="CommandLine.ToolException">The body has faults.</exception>
    public Task<JsonElement> ValidateAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        connection.CallAsync(() => new(HttpMethod.Post, Relative("api/v1/validate")) { Content = Json(body) }, mayBeAway: false, cancellationToken);

    /// <summary>Reads a session without its results; after its end, or so many seconds.</summary>
    public Task<JsonElement> ReadAsync(string sessionId, int waitSeconds, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"{Session}{Uri.EscapeDataString(sessionId)}?offset={BehindResults}&waitTimeSecond={waitSeconds}"),
        mayBeAway: waitSeconds > 0,
        cancellationToken);

    /// <summary>Stops a session, and answers after its end, or so many seconds.</summary>
    public Task<JsonElement> StopAsync(string sessionId, int waitSeconds, CancellationToken cancellationToken) => connection.CallAsync(
        () => new(HttpMethod.Post, Relative(string.Create(CultureInfo.InvariantCulture, $"{Session}{Uri.EscapeDataString(sessionId)}/stop?waitTimeSecond={waitSeconds}"))),
        mayBeAway: false,
        cancellationToken);

    /// <summary>Lists sessions, page by page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(string? status, string? engine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = (status is null ? "" : $"&status={Uri.EscapeDataString(status)}") + (engine is null ? "" : $"&engine={Uri.EscapeDataString(engine)}");
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync(
                $"api/v1/sessions?limit={ListPage}{filter}{(cursor is "" ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", mayBeAway: cursor is not "", cancellationToken);
            foreach (var session in page.GetProperty("sessions").EnumerateArray())
            {
                yield return session;
            }

            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
    }

    public async Task<JsonElement> ListEnginesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/v1/engines", mayBeAway: false, cancellationToken)).GetProperty("engines");

    /// <summary>Has an engine be known by a definition, and answers with the engine as it is then.</summary>
    public Task<JsonElement> PutEngineAsync(string engine, ReadOnlyMemory<byte> definition, CancellationToken cancellationToken) => connection.CallAsync(
        () => new(HttpMethod.Put, Relative($"api/v1/engines/{Uri.EscapeDataString(engine)}")) { Content = Json(definition) }, mayBeAway: false, cancellationToken);

    /// <summary>Has an engine forgotten.</summary>
    public Task DeleteEngineAsync(string engine, CancellationToken cancellationToken) =>
        connection.CallAsync(() => new(HttpMethod.Delete, Relative($"api/v1/engines/{Uri.EscapeDataString(engine)}")), mayBeAway: false, cancellationToken);

    /// <summary>What became of a session's webhooks.</summary>
    public async Task<JsonElement> ListWebhooksAsync(string sessionId, CancellationToken cancellationToken) =>
        (await GetAsync($"api/v1/sessions/{Uri.EscapeDataString(sessionId)}/webhooks", mayBeAway: false, cancellationToken)).GetProperty("webhooks");

    /// <summary>Sends an event to a webhook once more, and answers with the delivery as it is then.</summary>
    public async Task<JsonElement> RedeliverAsync(string sessionId, string delivery, CancellationToken cancellationToken) => (await connection.CallAsync(
        () => new(HttpMethod.Post, Relative($"api/v1/sessions/{Uri.EscapeDataString(sessionId)}/webhooks/{Uri.EscapeDataString(delivery)}/redeliver")),
        mayBeAway: false,
        cancellationToken)).GetProperty("delivery");

    /// <summary>Reads a page of the results: of all channels, or of one.</summary>
    public async Task<SessionInfo> ReadResultsAsync(string sessionId, string? channel, long offset, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?offset={offset}&limit={ResultPage}");
        var data = await GetAsync(
            $"{Session}{Uri.EscapeDataString(sessionId)}{query}{(channel is null ? "" : $"&channel={Uri.EscapeDataString(channel)}")}", mayBeAway: offset > 0, cancellationToken);
        return data.Deserialize(ApiJson.Default.SessionInfo) ?? new();
    }

    /// <summary>Reads one item of the results as it is.</summary>
    public Task<HttpResponseMessage> OpenItemAsync(string sessionId, string channel, long index, CancellationToken cancellationToken) => connection.DownloadAsync(
        Relative(string.Create(CultureInfo.InvariantCulture, $"{Session}{Uri.EscapeDataString(sessionId)}/results/{Uri.EscapeDataString(channel)}/{index}")), cancellationToken);

    /// <summary>Uploads a file, and answers with its id.</summary>
    public async Task<string> UploadAsync(string path, string? mediaType, CancellationToken cancellationToken)
    {
        var data = await connection.CallAsync(
            () =>
            {
                var content = new StreamContent(File.OpenRead(path));
                content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
                return new(HttpMethod.Post, Relative("api/v1/blobs")) { Content = content };
            },
            mayBeAway: false,
            cancellationToken);
        return data.GetProperty("blob").GetString() ?? "";
    }

    public void Dispose() => connection.Dispose();

    private Task<JsonElement> GetAsync(string path, bool mayBeAway, CancellationToken cancellationToken) =>
        connection.CallAsync(() => new(HttpMethod.Get, Relative(path)), mayBeAway, cancellationToken);

    private static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> body) => new(body) { Headers = { ContentType = new("application/json") } };

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
