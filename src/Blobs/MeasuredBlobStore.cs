using BlueEdge.Channels;

namespace BlueEdge.Blobs;

/// <summary>A blob store whose calls are measured.</summary>
internal sealed class MeasuredBlobStore(IBlobStore store, BlobMetrics metrics, TimeProvider clock) : IBlobStore, IDisposable
{
    public async Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken)
    {
        var written = await MeasureAsync("write", () => store.WriteAsync(sessionId, content, cancellationToken));
        metrics.Written(written.Length);
        return written;
    }

    public Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken) =>
        MeasureAsync("read", () => store.OpenAsync(blob, cancellationToken));

    public Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken) =>
        MeasureAsync("share", () => store.ShareAsync(blob, sessionId, cancellationToken));

    public string? FindLack(long bytes) => store.FindLack(bytes);

    public Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken) =>
        MeasureAsync("delete", () => store.DeleteAsync(blob, cancellationToken));

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken) => MeasureAsync("delete", async () =>
    {
        await store.DeleteAsync(sessionId, cancellationToken);
        return true;
    });

    public void Dispose() => (store as IDisposable)?.Dispose();

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> call)
    {
        var (began, failed) = (clock.GetTimestamp(), true);
        try
        {
            var result = await call();
            failed = false;
            return result;
        }
        finally
        {
            metrics.Answered(operation, clock.GetElapsedTime(began), failed);
        }
    }
}
