using Confluent.Kafka;

namespace Streaming.Kafka.Topics;

/// <summary>
/// The client's administration, one call after the other. Where it meets what it does not expect, it frees by itself what it is made
/// of, and the call under way never ends; to dispose it then would free that twice, of which the process dies. So it is disposed
/// when no call is under way any more, and never where one has no end.
/// </summary>
internal sealed class TopicClient(IAdminClient admin, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private Task _underWay = Task.CompletedTask;

    /// <summary>Waits for the answer a little longer than the client does by itself.</summary>
    /// <exception cref="TimeoutException">There was none.</exception>
    public async Task<T> CallAsync<T>(Func<IAdminClient, Task<T>> call, TimeSpan patience)
    {
        var answer = call(admin);
        _underWay = answer;
        return await answer.WaitAsync(patience + Margin, clock).ConfigureAwait(false);
    }

    public void Dispose() =>
        _ = _underWay.ContinueWith(_ => admin.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
