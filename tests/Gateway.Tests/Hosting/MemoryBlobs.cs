using BlueEdge.Channels;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A blob store in memory.</summary>
internal sealed class MemoryBlobs : IBlobStore, IAsyncDisposable
{
    private readonly Dictionary<string, (byte[] Bytes, bool Broken)> _blobs = new(StringComparer.Ordinal);

    /// <summary>Adds a blob; a broken one fails when its content has been read.</summary>
    public BlobReference Add(string sessionId, byte[] bytes, bool broken = false)
    {
        var name = $"{_blobs.Count}";
        _blobs.Add(name, (bytes, broken));
        return new() { SessionId = sessionId, Name = name };
    }

    public Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken) =>
        _blobs.TryGetValue(blob.Name, out var found)
            ? Task.FromResult<Stream>(found.Broken ? new BrokenStream(found.Bytes) : new MemoryStream(found.Bytes))
            : throw new BlueEdgeException($"The blob {blob.Name} is gone.");

    public Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        // A stream that does not tell its length is sent in chunks.
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The disk is gone.");
    }
}
