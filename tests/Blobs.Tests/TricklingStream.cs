namespace BlueEdge.Blobs.Tests;

/// <summary>Content that comes in small pieces and whose length nobody knows before; after it the line may go dead.</summary>
internal sealed class TricklingStream(byte[] content, bool breaks = false) : Stream
{
    private const int Piece = 10_000;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == content.Length && breaks)
        {
            throw new IOException("The line went dead.");
        }

        var read = Math.Min(Math.Min(count, Piece), content.Length - _at);
        content.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
        _at += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
