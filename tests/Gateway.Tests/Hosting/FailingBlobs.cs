using BlueEdge.Channels;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A blob store that takes nothing.</summary>
internal sealed class FailingBlobs(Exception why) : IBlobStore
{
    public Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken) =>
        Task.FromException<(BlobReference, long)>(why);

    public Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken) =>
        Task.FromException<(BlobReference, long)>(why);

    public Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken) => Task.FromException<Stream>(why);

    public Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken) => Task.FromException<bool>(why);

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken) => Task.FromException(why);
}
