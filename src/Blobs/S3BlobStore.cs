using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Blobs;

/// <summary>Blobs as objects of a bucket: <c>prefix session / name</c>.</summary>
/// <remarks>However large a blob is, one part of it is in memory.</remarks>
internal sealed class S3BlobStore(IAmazonS3 client, string bucket, string prefix) : IBlobStore, IDisposable
{
    /// <summary>S3 wants at least 5 MB, and at most 10,000 parts: 80 GB a blob.</summary>
    private const int PartBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private Task? _bucket;

    public async Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken)
    {
        var blob = new BlobReference { SessionId = sessionId, Name = Guid.CreateVersion7().ToString("N") };
        var key = KeyOf(blob);
        await BucketAsync().WaitAsync(cancellationToken);
        var part = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            var read = await content.ReadAtLeastAsync(part.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellationToken);
            if (read == PartBytes)
            {
                return (blob, await WritePartsAsync(key, part, content, cancellationToken));
            }

            await client.PutObjectAsync(
                new() { BucketName = bucket, Key = key, InputStream = Segment(part, read), AutoCloseStream = false }, cancellationToken);
            return (blob, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    public async Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            return new S3BlobStream(client, await client.GetObjectAsync(bucket, KeyOf(blob), cancellationToken));
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "NoSuchKey" or "NoSuchBucket")
        {
            throw Gone(blob, error);
        }
    }

    public async Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken)
    {
        var share = blob with { SessionId = sessionId };
        try
        {
            // The server copies by itself, up to 5 GB.
            await client.CopyObjectAsync(bucket, KeyOf(blob), bucket, KeyOf(share), cancellationToken);
            return (share, (await client.GetObjectMetadataAsync(bucket, KeyOf(share), cancellationToken)).ContentLength);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "NoSuchKey" or "NoSuchBucket")
        {
            throw Gone(blob, error);
        }
    }

    public async Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetObjectMetadataAsync(bucket, KeyOf(blob), cancellationToken);
        }
        catch (AmazonS3Exception error) when (error.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }

        await client.DeleteObjectAsync(bucket, KeyOf(blob), cancellationToken);
        return true;
    }

    public async Task DeleteAsync(string sessionId, CancellationToken cancellationToken)
    {
        var listing = new ListObjectsV2Request { BucketName = bucket, Prefix = FolderOf(sessionId) };
        try
        {
            ListObjectsV2Response page;
            do
            {
                page = await client.ListObjectsV2Async(listing, cancellationToken);
                if (page.S3Objects is { Count: > 0 } objects)
                {
                    // A page has no more than one call deletes.
                    await client.DeleteObjectsAsync(
                        new() { BucketName = bucket, Objects = objects.ConvertAll(found => new KeyVersion { Key = found.Key }), Quiet = true }, cancellationToken);
                }

                listing.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated is true);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "NoSuchBucket")
        {
            // Nothing was ever written.
        }
    }

    public void Dispose() => client.Dispose();

    private static BlueEdgeException Gone(BlobReference blob, Exception error) =>
        new($"Blob {blob.Name} of session {blob.SessionId} is gone: the data of ended sessions expire. Run the session again.", error);

    private static MemoryStream Segment(byte[] part, int length) => new(part, 0, length, writable: false);

    private async Task<long> WritePartsAsync(string key, byte[] part, Stream content, CancellationToken cancellationToken)
    {
        var upload = (await client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = key }, cancellationToken)).UploadId;
        try
        {
            List<PartETag> parts = [];
            var (length, read) = (0L, PartBytes);
            while (read > 0)
            {
                var written = await client.UploadPartAsync(
                    new()
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = upload,
                        PartNumber = parts.Count + 1,
                        InputStream = Segment(part, read),
                        PartSize = read,
                    },
                    cancellationToken);
                parts.Add(new(parts.Count + 1, written.ETag));
                length += read;
                read = read == PartBytes
                    ? await content.ReadAtLeastAsync(part.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellationToken)
                    : 0;
            }

            await client.CompleteMultipartUploadAsync(
                new() { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellationToken);
            return length;
        }
        catch
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Makes the bucket sure, once; after a failure the next write tries again.</summary>
    private Task BucketAsync()
    {
        lock (_lock)
        {
            return _bucket = _bucket is null or { IsFaulted: true } ? EnsureBucketAsync() : _bucket;
        }
    }

    private async Task EnsureBucketAsync()
    {
        try
        {
            await client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix, MaxKeys = 1 }, CancellationToken.None);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "NoSuchBucket")
        {
            try
            {
                await client.PutBucketAsync(bucket, CancellationToken.None);
            }
            catch (BucketAlreadyOwnedByYouException)
            {
                // Another process was faster.
            }
            catch (AmazonS3Exception refused)
            {
                throw new BlueEdgeException(
                    $"There is no bucket '{bucket}' and it could not be made: {refused.Message} Make it, let this user make it, or set BlueEdge:Blobs:S3:Bucket to another one.", refused);
            }
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode < System.Net.HttpStatusCode.InternalServerError)
        {
            throw new BlueEdgeException(
                $"The bucket '{bucket}' cannot be used: {refused.Message} Let this user list, read, write and delete in it (BlueEdge:Blobs:S3:AccessKey, SecretKey), or set BlueEdge:Blobs:S3:Bucket to another one.", refused);
        }
    }

    // References travel through processes and stores: what could name another's object is refused.
    private string KeyOf(BlobReference blob) => SessionIds.IsValid(blob.Name)
        ? FolderOf(blob.SessionId) + blob.Name
        : throw new BlueEdgeException($"'{blob.Name}' is no name of a blob: it wants 32 hexadecimal digits.");

    private string FolderOf(string sessionId) => SessionIds.IsValid(sessionId)
        ? $"{prefix}{sessionId}/"
        : throw new BlueEdgeException($"'{sessionId}' is no session id: it wants 32 hexadecimal digits.");
}
