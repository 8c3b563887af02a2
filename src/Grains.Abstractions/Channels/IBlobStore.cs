namespace BlueEdge.Channels;

/// <summary>Keeps large payloads apart from the items that refer to them (claim check).</summary>
public interface IBlobStore
{
    /// <summary>Stores a stream to its end under a fresh name. A write that fails leaves nothing.</summary>
    /// <param name="sessionId">The session that owns the blob.</param>
    /// <param name="content">Read to its end, not disposed.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>Where it lies, and its length in bytes.</returns>
    Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a blob; the caller disposes the stream.</summary>
    /// <exception cref="BlueEdgeException">The blob is gone: its session's data has expired.</exception>
    Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken);

    /// <summary>Deletes all blobs of a session. Deleting nothing is no error.</summary>
    Task DeleteAsync(string sessionId, CancellationToken cancellationToken);
}
