using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Fuzzing;

/// <summary>
/// Requests that nobody thought of, made of the API's own document, to a host of its own that runs real sessions.
/// BLUEEDGE_FUZZ_SEED runs those of a run before once more, BLUEEDGE_FUZZ_REQUESTS sets how many.
/// </summary>
[Collection(Alone.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Callers = 8;
    private const double Growth = 1.2;

    private static readonly int Seed = Setting("BLUEEDGE_FUZZ_SEED") ?? Random.Shared.Next();
    private static readonly int Requests = Setting("BLUEEDGE_FUZZ_REQUESTS") ?? 40_000;

    private readonly ConcurrentBag<string> _sessions = [];
    private readonly ConcurrentBag<string> _deliveries = [];
    private readonly ConcurrentDictionary<int, int> _statuses = new();

    [Fact]
    public async Task No_request_breaks_the_API()
    {
        output.WriteLine($"BLUEEDGE_FUZZ_SEED={Seed} BLUEEDGE_FUZZ_REQUESTS={Requests}");
        await using var host = new SiloHost
        {
            Settings =
            {
                // No call waits for long, and what is over is soon forgotten: what is left at the end is what is lost.
                ["BlueEdge__Gateway__LongestWait"] = "00:00:00.1",
                ["BlueEdge__Sessions__Retention"] = "00:00:05",
                ["DOTNET_GCConserveMemory"] = "9",
            },
        };
        await host.InitializeAsync();
        using var document = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("../../openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));

        await RunAsync(host, document.RootElement, 0, Requests / 2);
        // Until then code is compiled and caches fill.
        var before = await host.SettledMemoryAsync(0);
        await RunAsync(host, document.RootElement, Requests / 2, Requests);
        var after = await host.SettledMemoryAsync((long)(before * Growth));

        output.WriteLine($"Memory: {before:N0} bytes before, {after:N0} after. Answers: {string.Join(", ", _statuses.OrderBy(each => each.Key).Select(each => $"{each.Value} x {each.Key}"))}");
        Assert.InRange(after, 0, (long)(before * Growth));
        Assert.Equal(HttpStatusCode.OK, (await host.Http.ReadAsync("engines")).StatusCode);
    }

    private Task RunAsync(SiloHost host, JsonElement document, int first, int end) => Parallel.ForEachAsync(
        Enumerable.Range(first, end - first),
        new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = TestContext.Current.CancellationToken },
        async (number, cancellationToken) =>
        {
            var request = new RequestGenerator(document, _sessions, _deliveries, new(unchecked(Seed + number))).Make();
            try
            {
                using var message = request.ToMessage(host.Http.BaseAddress!);
                using var answer = await host.Http.SendAsync(message, cancellationToken);
                await CheckAsync(request, answer, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Request {number} of seed {Seed} failed: {request}\n{exception.Message}", exception);
            }
        });

    private async Task CheckAsync(FuzzRequest request, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        Assert.True(status < 500 || (status == 503 && answer.Headers.RetryAfter is not null) || status == 505, $"The answer is {status}.");
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        // It was sent as it is; the server takes its dots away.
        var path = new Uri(new("http://localhost"), answer.RequestMessage?.RequestUri?.AbsolutePath ?? "").AbsolutePath;
        if (request.Method is "HEAD" || status is 204 or 304)
        {
            Assert.Empty(body);
        }
        else if (answer.Content.Headers.ContentType?.MediaType is "text/event-stream" && path.EndsWith("/events", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.All(SseParser.Create(new MemoryStream(body)).Enumerate(), each => JsonDocument.Parse(each.Data).Dispose());
        }
        else if (path.StartsWith("/api/v1/", StringComparison.OrdinalIgnoreCase) && !(request.IsForItem && status is < 300 or 416))
        {
            CheckEnvelope(answer, body);
        }
    }

    private void CheckEnvelope(HttpResponseMessage answer, byte[] body)
    {
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        using var envelope = JsonDocument.Parse(body, new() { MaxDepth = 1_000 });
        var data = envelope.RootElement.GetProperty("data");
        Assert.Equal(answer.IsSuccessStatusCode ? "success" : "error", envelope.RootElement.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.String, envelope.RootElement.GetProperty("message").ValueKind);
        if (data.TryGetProperty("sessionId", out var session) && session.GetString() is { } id)
        {
            _sessions.Add(id);
        }

        if (data.TryGetProperty("webhooks", out var webhooks) && webhooks.ValueKind is JsonValueKind.Array)
        {
            foreach (var delivery in webhooks.EnumerateArray().SelectMany(webhook => webhook.GetProperty("deliveries").EnumerateArray()))
            {
                _deliveries.Add(delivery.GetProperty("id").GetString() ?? "");
            }
        }

        if (data.TryGetProperty("errors", out var errors))
        {
            Assert.InRange(errors.GetArrayLength(), 0, 100);
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
