using BlueEdge.Channels;
using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Results;

/// <summary>Opens blobs for callers.</summary>
internal static class BlobOpening
{
    /// <exception cref="BlueEdgeException">The blob is gone.</exception>
    /// <exception cref="UnavailableException">The store does not answer.</exception>
    public static async Task<Stream> OpenForCallerAsync(this IBlobStore blobs, BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.OpenAsync(blob, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Unavailability.Explains(exception))
        {
            throw new UnavailableException("The store of large items does not answer now: try again soon.", exception);
        }
    }
}
