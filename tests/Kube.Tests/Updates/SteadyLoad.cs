using System.Collections.Concurrent;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Updates;

/// <summary>Sessions at an even rate.</summary>
internal sealed class SteadyLoad(Gateway rest, int aSecond) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task<Submission>> _submissions = [];
    private Task _running = Task.CompletedTask;

    public void Begin(string body) => _running = RunAsync(body);

    /// <summary>Ends it; what it submitted, each until it was taken.</summary>
    public async Task<IReadOnlyList<Submission>> EndAsync()
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
            _submissions.Add(Submission.SendAsync(rest, body));
        }
    }
}
