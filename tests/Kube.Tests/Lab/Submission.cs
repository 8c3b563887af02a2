using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>A session that is submitted until it is taken, under one key.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Wait">From the first try until it was taken.</param>
internal sealed record Submission(string Session, TimeSpan Wait)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(10);

    public static async Task<Submission> SendAsync(Gateway rest, string body)
    {
        var (key, since) = (Guid.NewGuid().ToString(), Stopwatch.GetTimestamp());
        while (true)
        {
            if (await TryAsync(rest, body, key) is { } session)
            {
                return new(session, Stopwatch.GetElapsedTime(since));
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A session that holds a slot for so long; its id.</summary>
    public static async Task<string> SendDelayAsync(Gateway rest, double seconds, int retries = 0) => (await SendAsync(rest, string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          "engineId": "delay",
          "inputs": { "Control": { "type": "JSON", "payload": { "seconds": {{seconds}} } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } },
          "retry": { "attempts": {{retries}} }
        }
        """))).Session;

    /// <summary>The session's id; null where it is to be tried again: an answer that says so, or a connection that ended.</summary>
    private static async Task<string?> TryAsync(Gateway rest, string body, string key)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Try);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/v1/process-single-engine", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await rest.Http.SendAsync(request, patience.Token);
            var answer = await Gateway.ReadAsync(response);
            Assert.True(response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}: {answer}");
            return response.IsSuccessStatusCode ? answer.GetProperty("data").GetProperty("sessionId").GetString() : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
