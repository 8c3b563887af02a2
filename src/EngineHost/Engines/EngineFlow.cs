namespace BlueEdge.EngineHost.Engines;

/// <summary>What the runs of one engine have read and written in this process. Safe for concurrent use.</summary>
internal sealed class EngineFlow
{
    private long _itemsRead;
    private long _bytesRead;
    private long _itemsWritten;
    private long _bytesWritten;

    public long ItemsRead => Interlocked.Read(ref _itemsRead);

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public long ItemsWritten => Interlocked.Read(ref _itemsWritten);

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public void Read(long bytes)
    {
        Interlocked.Increment(ref _itemsRead);
        Interlocked.Add(ref _bytesRead, bytes);
    }

    public void Wrote(long bytes)
    {
        Interlocked.Increment(ref _itemsWritten);
        Interlocked.Add(ref _bytesWritten, bytes);
    }
}
