using System.Runtime.InteropServices;
using BlueEdge.Channels;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Channels;

/// <summary>Puts payloads over the threshold into the blob store, so that neither messages nor states carry them.</summary>
public sealed class ClaimCheck(IBlobStore blobs, IOptions<ChannelOptions> options)
{
    /// <summary>The payload itself, or a reference to it where it is large.</summary>
    public async ValueTask<Payload> ApplyAsync(string sessionId, Payload payload, CancellationToken cancellationToken)
    {
        if (!IsLarge(payload))
        {
            return payload;
        }

        await using var content = MemoryMarshal.TryGetArray(payload.Bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) // A segment got from memory has its array.
            : new MemoryStream(payload.Bytes.ToArray(), writable: false);
        var (blob, length) = await blobs.WriteAsync(sessionId, content, cancellationToken);
        return payload with { Bytes = default, Blob = blob, Length = length };
    }

    /// <summary>Whether it goes to the blob store.</summary>
    public bool IsLarge(Payload payload) => payload.Bytes.Length > options.Value.ClaimCheckBytes;
}
