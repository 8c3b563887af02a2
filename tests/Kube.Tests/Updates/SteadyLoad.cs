using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Kube.Tests.Updates;

/// <summary>Sessions at an even rate, each submitted until it is taken, under one key.</summary>
internal sealed class SteadyLoad(Gateway rest, int aSecond) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task<(string Session, TimeSpan Wait)>> _submissions = [];
    private Task _running = Task.CompletedTask;

    /// <summary>How many were submitted so far.</summary>
    public int Count => _submissions.Count;

    public void Begin(string body) => _running = RunAsync(body);

    /// <summary>Ends it; each session, and for how long its submission was not taken.</summary>
    public async Task<IReadOnlyList<(string Session, TimeSpan Wait)>> EndAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await Task.WhenAll(_submissions);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(string body)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / aSecond), TimeProvider.System);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            _submissions.Add(SubmitAsync(body, Guid.NewGuid().ToString()));
        }
    }

    private async Task<(string Session, TimeSpan Wait)> SubmitAsync(string body, string key)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await TryAsync(body, key) is { } session)
            {
                return (session, Stopwatch.GetElapsedTime(since));
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The session's id; null where it is to be tried again: an answer that says so, or a connection that ended.</summary>
    private async Task<string?> TryAsync(string body, string key)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Try);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/v1/process-single-engine", UriKind.Relative)) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
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
