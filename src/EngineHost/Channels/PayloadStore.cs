using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Channels;

/// <summary>Where a process's runs put and find large content.</summary>
internal sealed class PayloadStore(IBlobStore blobs, ClaimCheck claimCheck, IOptions<ChannelOptions> options)
{
    private const int BufferBytes = 81_920;

    /// <summary>The payload itself, or a reference to it where it is large.</summary>
    public ValueTask<Payload> ApplyAsync(string sessionId, Payload payload, CancellationToken cancellationToken) =>
        claimCheck.ApplyAsync(sessionId, payload, cancellationToken);

    /// <summary>Reads a stream to its end: into memory where it is short, else into the blob store.</summary>
    public async ValueTask<Payload> StoreAsync(string sessionId, ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        // Short streams are worth no file: read up to the threshold first.
        var threshold = options.Value.ClaimCheckBytes;
        var head = new MemoryStream();
        var buffer = new byte[Math.Min(BufferBytes, threshold + 1L)];
        int read;
        while (head.Length <= threshold && (read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            head.Write(buffer, 0, read);
        }

        if (head.Length <= threshold)
        {
            return Payload.Inline(type, mediaType, head.GetBuffer().AsMemory(0, (int)head.Length));
        }

        head.Position = 0;
        await using var whole = new ConcatenatedStream(head, content);
        var (blob, length) = await blobs.WriteAsync(sessionId, whole, cancellationToken);
        return Payload.ByReference(type, mediaType, blob, length);
    }

    /// <summary>Opens a payload's content, wherever it lies; the caller disposes the stream.</summary>
    public async ValueTask<Stream> OpenAsync(Payload payload, CancellationToken cancellationToken) => payload.Blob is { } blob
        ? await blobs.OpenAsync(blob, cancellationToken)
        : new ReadOnlyMemoryStream(payload.Bytes);

    /// <summary>The payload with its content in memory.</summary>
    public async ValueTask<Payload> LoadAsync(Payload payload, CancellationToken cancellationToken)
    {
        if (payload.Blob is null)
        {
            return payload;
        }

        await using var content = await OpenAsync(payload, cancellationToken);
        var bytes = new byte[payload.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return payload with { Bytes = bytes, Blob = null, Length = bytes.Length };
    }
}
