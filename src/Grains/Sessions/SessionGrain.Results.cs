using BlueEdge.Results;

namespace BlueEdge.Sessions;

/// <summary>Results for those who follow them.</summary>
internal sealed partial class SessionGrain
{
    public async Task<ResultBatch?> FollowResultsAsync(
        string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await WakeAsync();
        if (!Exists)
        {
            return null;
        }

        // Most find something, and need not be told of more.
        var batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
        if (!batch.Items.IsEmpty || batch.IsLast || atMost <= TimeSpan.Zero)
        {
            return batch;
        }

        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using (await notices.ListenAsync(SessionId, () => noticed.TrySetResult()))
        {
            batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
            if (batch.Items.IsEmpty && !batch.IsLast)
            {
                _waiting++;
                await Task.WhenAny(noticed.Task, _ended.Task, Task.Delay(atMost < LongestWait ? atMost : LongestWait, clock, waiting.Token));
                _waiting--;
                await waiting.CancelAsync();
            }
        }

        return batch.Items.IsEmpty && !batch.IsLast ? await ReadBatchAsync(channel, epoch, offset, cancellationToken) : batch;
    }

    private async Task<ResultBatch> ReadBatchAsync(string channel, int epoch, long offset, CancellationToken cancellationToken)
    {
        // Once it has ended nothing is written, so what is read after that is all there is.
        var hasEnded = _ended.Task.IsCompleted;
        var current = _state.Current.Epoch;
        var from = epoch == current ? offset : 0;
        var pages = await results.ReadAsync(SessionId, current, [new() { Channel = channel, Offset = from }], cancellationToken);
        return new() { Epoch = current, Offset = from, Items = pages[0].Items, IsLast = hasEnded && pages[0].NextOffset is null };
    }
}
