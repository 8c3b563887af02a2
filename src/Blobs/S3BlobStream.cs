using Amazon.S3;
using Amazon.S3.Model;

namespace BlueEdge.Blobs;

/// <summary>An object's content, read as it comes; where the position is set, the rest is asked for from there on.</summary>
internal sealed class S3BlobStream : Stream
{
    private readonly IAmazonS3 _client;
    private readonly GetObjectRequest _rest;
    private GetObjectResponse? _response;
    private long _responseAt;

    public S3BlobStream(IAmazonS3 client, GetObjectResponse whole)
    {
        _client = client;
        _response = whole;
        _rest = new() { BucketName = whole.BucketName, Key = whole.Key, EtagToMatch = whole.ETag };
        Length = whole.ContentLength;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_response is null || _responseAt != Position)
        {
            _response?.Dispose();
            _response = null;
            _rest.ByteRange = new(Position, Length - 1);
            _response = await _client.GetObjectAsync(_rest, cancellationToken);
        }

        var read = await _response.ResponseStream.ReadAsync(buffer, cancellationToken);
        _responseAt = Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Blobs are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => Position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response?.Dispose();
        }

        base.Dispose(disposing);
    }
}
