using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sockets.Flow;
using BlueEdge.Gateway.Sockets.Frames;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>Puts the frames that come for a channel together to items, and holds the client to its credit.</summary>
/// <param name="number">The channel's number on the socket.</param>
/// <param name="tools">What sockets may take.</param>
internal sealed class ItemReceiver(int number, SocketTools tools)
{
    private readonly Lock _lock = new();
    private readonly CreditWindow _window = new(tools.Options.WindowItems, tools.Options.WindowBytes);
    private ItemPart? _part;
    private long _bytes;
    private long _since;
    private ChannelType _type;
    private volatile bool _isOpen;

    /// <summary>Where the content of the frame that comes goes; <see langword="null"/> where it is passed over.</summary>
    public ItemBuffer? Content => _part?.Content;

    /// <summary>Whether an item came in part, and no more of it for too long.</summary>
    public bool IsStuck => Volatile.Read(ref _since) is > 0 and var since && tools.Time.GetElapsedTime(since) > tools.Options.Patience;

    /// <summary>From now on the client may send items of that type.</summary>
    public void Open(ChannelType type) => (_type, _isOpen) = (type, true);

    /// <summary>A frame begins.</summary>
    /// <returns>How the socket ends, where the frame is none that the protocol allows.</returns>
    public SocketEnd? Begin(FrameHeader header, ReadOnlyMemory<byte> metadata)
    {
        if (_part is { } part)
        {
            return header.Sequence != part.Sequence ? SocketEnd.Protocol($"Item {part.Sequence} of channel {number} has to be whole before item {header.Sequence}.")
                : header.MetadataLength > 0 || header.Flags.HasFlag(FrameFlags.Reference) ? SocketEnd.Protocol("The later frames of an item have no metadata and no flag but 1.")
                : null;
        }

        if (header.Epoch != 0)
        {
            return SocketEnd.Protocol($"The header's epoch is {header.Epoch}; what a client writes has 0.");
        }

        lock (_lock)
        {
            if (!_isOpen || !_window.Left.HasRoom)
            {
                return SocketEnd.Protocol($"There is no credit for item {header.Sequence} of channel {number}.");
            }
        }

        try
        {
            var faults = new BodyFaults();
            var said = FrameMetadata.Read(metadata, faults);
            (_part, _bytes) = (new(header, said, faults, new(tools.Written, tools.ItemBytes)), 0);
            Volatile.Write(ref _since, Math.Max(1, tools.Time.GetTimestamp()));
            return null;
        }
        catch (JsonException)
        {
            return SocketEnd.Protocol("The metadata is not one JSON value.");
        }
    }

    /// <summary>A frame has ended.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="length">Bytes of content that it had.</param>
    /// <returns>The item, where that was all of it.</returns>
    public PendingItem? Complete(FrameHeader header, int length)
    {
        _bytes += length;
        if (_part is not { } part || header.Flags.HasFlag(FrameFlags.More))
        {
            return null;
        }

        var item = part.Complete(_type, _bytes, tools.ItemBytes);
        _part = null;
        Volatile.Write(ref _since, 0);
        lock (_lock)
        {
            _window.Take(item.Bytes);
        }

        return item;
    }

    /// <summary>Items are stored.</summary>
    /// <returns>The credit to give back now, if any.</returns>
    public Credit? Settle(List<PendingItem> items)
    {
        lock (_lock)
        {
            return _window.Settle(items.Count, items.Sum(item => (long)item.Bytes));
        }
    }

    /// <summary>Lets go of what came in part.</summary>
    public void Drop()
    {
        _part?.Buffer.Release();
        _part = null;
        Volatile.Write(ref _since, 0);
    }
}
