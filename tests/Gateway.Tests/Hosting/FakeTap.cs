using BlueEdge.Channels;
using BlueEdge.Channels.Taps;
using BlueEdge.Results;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A channel that is not kept, which has what a test gives it; none unless it is given something.</summary>
internal sealed class FakeTap(FakeGrains grains) : IChannelTapGrain
{
    private TaskCompletionSource _changed = NewSignal();
    private volatile ResultBatch? _batch;

    /// <summary>How many items one answer has at most.</summary>
    public int PageItems { get; set; } = 1_000;

    /// <summary>All that it has now: those before the first are gone.</summary>
    public void Has(int epoch, long first, bool isLast, params Payload[] items)
    {
        _batch = new() { Epoch = epoch, Offset = first, Items = [.. items], IsLast = isLast };
        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    public async Task<ResultBatch?> FollowAsync(int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FollowAsync));
        var delay = Task.Delay(atMost, grains.Time, cancellationToken);
        while (Volatile.Read(ref _changed).Task is var changed && Read(epoch, offset) is { Items.IsEmpty: true, HasGap: false, IsLast: false } && !delay.IsCompleted)
        {
            await Task.WhenAny(changed, delay);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Read(epoch, offset);
    }

    public Task<Payload?> ReadAsync(int epoch, long offset, CancellationToken cancellationToken) =>
        Task.FromResult(_batch is { } batch && batch.Epoch == epoch ? batch.Items.ElementAtOrDefault((int)(offset - batch.Offset)) : null);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ResultBatch? Read(int epoch, long offset)
    {
        if (_batch is not { } batch)
        {
            return null;
        }

        var from = epoch == batch.Epoch ? offset : 0;
        var end = batch.Offset + batch.Items.Length;
        var (first, hasGap) = (Math.Max(from, batch.Offset), from < batch.Offset);
        var items = batch.Items.Skip((int)(first - batch.Offset)).Take(PageItems).ToArray();
        return batch with { Offset = first, Items = [.. items], HasGap = hasGap, Missed = hasGap ? first - from : null, IsLast = batch.IsLast && first + items.Length >= end };
    }
}
