using Amazon.Runtime;
using BlueEdge.Blobs;

namespace BlueEdge.Grains.Storage;

/// <summary>The errors of the stores of large payloads: a folder, or an S3 bucket. Grains use no other files, and call no other servers.</summary>
internal sealed class BlobErrors : IStoreErrors
{
    public string? Explain(Exception error) => error switch
    {
        AmazonServiceException or AmazonClientException or HttpRequestException => "The bucket of large payloads cannot be used now.",
        FileNotFoundException or DirectoryNotFoundException => null,
        NoRoomException => error.Message,
        IOException or UnauthorizedAccessException => "The folder of large payloads cannot be written now.",
        _ => null,
    };
}
