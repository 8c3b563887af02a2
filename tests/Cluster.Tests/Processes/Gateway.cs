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
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
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
