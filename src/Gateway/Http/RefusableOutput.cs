using System.IO.Pipelines;

namespace BlueEdge.Gateway.Http;

/// <summary>
/// What a connection sends. What is no request the server refuses with headers alone, and lets nobody add to them: so once it does,
/// what it writes is dropped, and the envelope is sent instead. The connection ends with that.
/// </summary>
internal sealed class RefusableOutput(PipeWriter inner) : PipeWriter
{
    private byte[]? _refusal;
    private bool _isSent;
    private byte[] _dropped = [];

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public void Refuse(byte[] answer) => _refusal = answer;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _refusal is null ? inner.GetMemory(sizeHint) : Drop(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _refusal is null ? inner.GetSpan(sizeHint) : Drop(sizeHint);

    public override void Advance(int bytes)
    {
        if (_refusal is null)
        {
            inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_refusal is null || _isSent)
        {
            return inner.FlushAsync(cancellationToken);
        }

        _isSent = true;
        return inner.WriteAsync(_refusal, cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private byte[] Drop(int sizeHint)
    {
        if (_dropped.Length < Math.Max(sizeHint, 1))
        {
            _dropped = new byte[Math.Max(sizeHint, 4_096)];
        }

        return _dropped;
    }
}
