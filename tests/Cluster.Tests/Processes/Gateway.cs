using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Speaks to one gateway.</summary>
public sealed class Gateway(Uri address) : IDisposable
{
    private const string Sessions = "api/v1/process-single-engine";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public Uri Address => address;

    public HttpClient Http { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose() => Http.Dispose();

    /// <summary>Starts a session that holds a slot for so long; the answer's id.</summary>
    public async Task<string> StartDelayAsync(double seconds, int retries = 0)
    {
        using var response = await PostDelayAsync(seconds, retries);
        var answer = await ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
    }

    /// <summary>Starts sessions that are short, each as soon as it is taken.</summary>
    public Task<string[]> StartManyAsync(int count)
    {
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync()));

        async Task<string> StartAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
            while (true)
            {
                using var response = await PostDelayAsync(seconds: 0.01, retries: 1);
                var answer = await ReadAsync(response);
                if (response.IsSuccessStatusCode)
                {
                    return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
                }

                Assert.False(patience.IsCancellationRequested, $"No session was accepted: {answer}");
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    public Task<HttpResponseMessage> PostDelayAsync(double seconds, int retries = 0) => PostAsync(
        FormattableString.Invariant(
            $$$"""
            {
              "engineId": "delay",
              "inputs": { "Control": { "type": "JSON", "payload": { "seconds": {{{seconds}}} } } },
              "outputs": { "Result": { "type": "JSON", "interested": true } },
              "retry": { "attempts": {{{retries}}} }
            }
            """));

    public async Task<HttpResponseMessage> PostAsync(string session)
    {
        using var body = new StringContent(session, Encoding.UTF8, "application/json");
        return await Http.PostAsync(new Uri(Sessions, UriKind.Relative), body, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a chain: <c>delay</c> takes so long for each item, and so many relays pass its results on to channel Out.</summary>
    public async Task<string> StartChainAsync(int relays, IEnumerable<double> seconds, int retries = 0, bool isKept = true)
    {
        var channels = Enumerable.Range(0, relays + 2).Select(number => number > relays ? "Out" : $"c{number}").ToArray();
        var session = new
        {
            dataChannels = channels.Select(name => new { name, type = "JSON", interested = isKept && name == "Out", external = isKept || name != "Out" ? null : "out" }),
            engines = Enumerable.Range(0, relays + 1).Select(number => new
            {
                id = number == 0 ? "delay" : "relay",
                name = $"node-{number}",
                inputs = new[] { new { name = number == 0 ? "Control" : "In", linkTo = channels[number] } },
                outputs = new[] { new { name = number == 0 ? "Result" : "Out", linkTo = channels[number + 1] } },
            }),
            startData = seconds.Select(value => new { channelName = channels[0], payload = new { seconds = value } }),
            retry = new { attempts = retries },
        };
        using var response = await Http.PostAsJsonAsync(new Uri("api/v1/process-workflow", UriKind.Relative), session, TestContext.Current.CancellationToken);
        var answer = await ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
    }

    /// <summary>Runs a relay that has many items at once, and a <c>delay</c> behind it that takes so long for each.</summary>
    public async Task<string> StartFloodAsync(int items, double readerSeconds)
    {
        var session = new
        {
            dataChannels = new[] { "c0", "c1" }.Select(name => new { name, type = "JSON" }),
            engines = new object[]
            {
                new { id = "relay", inputs = new[] { new { name = "In", linkTo = "c0" } }, outputs = new[] { new { name = "Out", linkTo = "c1" } } },
                new { id = "delay", inputs = new[] { new { name = "Control", linkTo = "c1" } } },
            },
            startData = Enumerable.Range(0, items).Select(_ => new { channelName = "c0", payload = new { seconds = readerSeconds, filling = new string('x', 1_000) } }),
        };
        using var response = await Http.PostAsJsonAsync(new Uri("api/v1/process-workflow", UriKind.Relative), session, TestContext.Current.CancellationToken);
        var answer = await ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
    }

    /// <summary>The session as it is told now.</summary>
    public async Task<JsonElement> FindAsync(string session) =>
        (await Http.GetFromJsonAsync<JsonElement>(new Uri($"{Sessions}/{session}", UriKind.Relative), TestContext.Current.CancellationToken)).GetProperty("data");

    public async Task StopAsync(string session)
    {
        using var stopped = await Http.PostAsync(new Uri($"{Sessions}/{session}/stop", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.True(stopped.IsSuccessStatusCode, $"{session} could not be stopped.");
    }

    /// <summary>Submits with a key, and waits; null where the gateway went away meanwhile.</summary>
    public async Task<JsonElement?> TrySubmitAsync(string session, string key)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Sessions, UriKind.Relative)) { Content = new StringContent(session, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode ? (await ReadAsync(response)).GetProperty("data") : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The session as it is told, once it has ended.</summary>
    public async Task<JsonElement> WaitForEndAsync(string session, TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost, TimeProvider.System);
        while (true)
        {
            using var response = await Http.GetAsync(new Uri($"{Sessions}/{session}?waitTimeSecond={atMost.TotalSeconds:0}", UriKind.Relative), TestContext.Current.CancellationToken);
            var answer = await ReadAsync(response);
            if (response.IsSuccessStatusCode && answer.GetProperty("data").GetProperty("process").GetProperty("status").GetString() is "finished" or "failed" or "canceled")
            {
                return answer.GetProperty("data");
            }

            Assert.False(patience.IsCancellationRequested, $"Session {session} did not end within {atMost}: {answer}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The engine instance of a session, once it processes there.</summary>
    public async Task<string> WaitForInstanceAsync(string session)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (true)
        {
            var answer = await Http.GetFromJsonAsync<JsonElement>(new Uri($"{Sessions}/{session}", UriKind.Relative), TestContext.Current.CancellationToken);
            var process = answer.GetProperty("data").GetProperty("process");
            if (process.GetProperty("status").GetString() is "processing")
            {
                return process.GetProperty("engines")[0].GetProperty("instance").GetString()!; // It has one while it processes.
            }

            // Over REST there is no event to wait for.
            Assert.False(patience.IsCancellationRequested, $"Session {session} does not process: {answer}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
