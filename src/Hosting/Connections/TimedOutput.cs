using System.IO.Pipelines;

namespace BlueEdge.Hosting.Connections;

/// <summary>What a connection sends, each piece of which its caller has to take in time.</summary>
internal sealed class TimedOutput(PipeWriter inner, HttpServerOptions options, TimeProvider clock, Action cutOff) : PipeWriter
{
    private long _unflushed;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        _unflushed += bytes;
        inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var bytes = _unflushed;
        _unflushed = 0;
        return WatchAsync(inner.FlushAsync(cancellationToken), bytes);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<FlushResult> WatchAsync(ValueTask<FlushResult> flush, long bytes)
    {
        if (flush.IsCompleted)
        {
            return await flush;
        }

        var needed = TimeSpan.FromSeconds((double)bytes / options.MinRate);
        await using var timer = clock.CreateTimer(
            _ => cutOff(), null, needed > options.RateGrace ? needed : options.RateGrace, Timeout.InfiniteTimeSpan);
        return await flush;
    }
}
