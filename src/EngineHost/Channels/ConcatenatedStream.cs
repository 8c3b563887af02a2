namespace BlueEdge.EngineHost.Channels;

/// <summary>Two streams read one after the other; neither is disposed.</summary>
internal sealed class ConcatenatedStream(Stream first, Stream second) : Stream
{
    private bool _inSecond;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length is not known before the end.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream cannot seek.");
        set => throw new NotSupportedException("The stream cannot seek.");
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _inSecond ? 0 : first.Read(buffer, offset, count);
        _inSecond |= read == 0 && count > 0;
        return read > 0 ? read : second.Read(buffer, offset, count);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _inSecond ? 0 : await first.ReadAsync(buffer, cancellationToken);
        _inSecond |= read == 0 && buffer.Length > 0;
        return read > 0 ? read : await second.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream cannot seek.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");
}
