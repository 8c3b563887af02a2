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

    /// <summary>
    /// Gives a session a blob of its own with the content of another's, under the same name, and without the content passing through
    /// where the store can. Doing it again changes nothing.
    /// </summary>
    /// <exception cref="BlueEdgeException">The other blob is gone.</exception>
    Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// What keeps the store from taking a blob of so many bytes now, as a sentence, or <see langword="null"/>, also where that cannot be
    /// told. Only a hint: others write at the same time.
    /// </summary>
    string? FindLack(long bytes) => null;

    /// <summary>Deletes one blob.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken);

    /// <summary>Deletes all blobs of a session. Deleting nothing is no error.</summary>
    Task DeleteAsync(string sessionId, CancellationToken cancellationToken);
}
