using BlueEdge.Channels;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Gateway.Sockets.Messages;

namespace BlueEdge.Gateway.Sockets.Listening;

/// <summary>Sends items of one channel to a listener: whole, in pieces, or by where their content is read.</summary>
/// <param name="source">The channel.</param>
/// <param name="root">What the addresses of the API begin with.</param>
/// <param name="tools">Opens what lies in the store.</param>
/// <param name="outbox">Where they go.</param>
internal sealed class ItemSender(ChannelSource source, string root, SocketTools tools, Outbox outbox)
{
    /// <summary>Larger ones are sent by reference.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>What is read of a stored item at a time.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>What an item takes of the client's credit: the bytes of it that are sent.</summary>
    public long SizeOf(Payload item) => IsSent(item) ? item.Length : 0;

    /// <summary>Sends an item.</summary>
    /// <returns>What to tell the client where the content is lost.</returns>
    public async Task<ServerMessage?> SendAsync(int number, int epoch, long offset, Payload item, CancellationToken cancellationToken)
    {
        FrameHeader header = new(FrameFlags.None, (byte)number, epoch, offset, MetadataLength: 0);
        if (!IsSent(item))
        {
            await outbox.SendAsync(ItemFrames.First(header with { Flags = FrameFlags.Reference }, item, default, source.HrefOf(root, epoch, offset)));
        }
        else if (item.Blob is { } blob && tools.Blobs is { } blobs)
        {
            return await SendStoredAsync(header, item, blobs, blob, cancellationToken);
        }
        else
        {
            await SendHeldAsync(header, item);
        }

        return null;
    }

    private bool IsSent(Payload item) => item.Length <= MostBytes && (item.Blob is null || tools.Blobs is not null);

    private async Task SendHeldAsync(FrameHeader header, Payload item)
    {
        for (var at = 0; at == 0 || at < item.Bytes.Length; at += FrameHeader.MostContent)
        {
            var piece = item.Bytes.Slice(at, Math.Min(FrameHeader.MostContent, item.Bytes.Length - at));
            var flagged = header with { Flags = at + piece.Length < item.Bytes.Length ? FrameFlags.More : FrameFlags.None };
            await outbox.SendAsync(at == 0 ? ItemFrames.First(flagged, item, piece) : ItemFrames.Rest(flagged, piece));
        }
    }

    private async Task<ServerMessage?> SendStoredAsync(FrameHeader header, Payload item, IBlobStore blobs, BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await tools.AskAsync(() => blobs.OpenForCallerAsync(blob, cancellationToken), cancellationToken);
            for (var (at, isFirst) = (0L, true); isFirst || at < item.Length; isFirst = false)
            {
                // The queue has it until it is sent, and so each piece has memory of its own.
                var piece = GC.AllocateUninitializedArray<byte>((int)Math.Min(Piece, item.Length - at));
                await content.ReadExactlyAsync(piece, cancellationToken);
                at += piece.Length;
                var flagged = header with { Flags = at < item.Length ? FrameFlags.More : FrameFlags.None };
                await outbox.SendAsync(isFirst ? ItemFrames.First(flagged, item, piece) : ItemFrames.Rest(flagged, piece));
            }

            return null;
        }
        catch (Exception error) when (error is BlueEdgeException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return ServerMessage.Error(
                header.Channel,
                new() { Pointer = "", Code = SocketCodes.ContentLost, Message = "The item's content cannot be read to its end: open the channel again, behind this item to pass it over." },
                header.Sequence);
        }
    }
}
