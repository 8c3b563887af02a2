using System.Net.WebSockets;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Gateway.Sockets.Messages;
using BlueEdge.Gateway.Sockets.Writing;

namespace BlueEdge.Gateway.Sockets;

/// <summary>Reads what a client sends, message by message, and hands it to the channels. The content of an item goes straight to where it stays.</summary>
internal sealed class SocketReader(WebSocket socket, SocketChannels channels, CancellationToken gone)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(ControlFrames.Most);
    private int _length;

    /// <summary>Reads until the client closes, or sends what is none of the protocol.</summary>
    public async Task<SocketEnd> RunAsync()
    {
        while (true)
        {
            _length = 0;
            var first = await FillAsync();
            if (first.MessageType is WebSocketMessageType.Close)
            {
                return SocketEnd.ByClient;
            }

            var end = first.MessageType is WebSocketMessageType.Text ? await ReadControlAsync(first.EndOfMessage) : await ReadItemAsync(first.EndOfMessage);
            if (end is not null)
            {
                return end;
            }
        }
    }

    /// <summary>Reads on and passes all over, until the client closes.</summary>
    public async Task DrainAsync()
    {
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent && (await socket.ReceiveAsync(_buffer.AsMemory(), gone)).MessageType is not WebSocketMessageType.Close)
        {
            // It was told.
        }
    }

    private async ValueTask<ValueWebSocketReceiveResult> FillAsync()
    {
        var received = await socket.ReceiveAsync(_buffer.AsMemory(_length), gone);
        _length += received.Count;
        return received;
    }

    private async ValueTask<SocketEnd?> ReadControlAsync(bool isEnd)
    {
        while (!isEnd)
        {
            if (_length == _buffer.Length)
            {
                return SocketEnd.Protocol($"A text frame has at most {ControlFrames.Most} bytes.");
            }

            isEnd = (await FillAsync()).EndOfMessage;
        }

        var message = ControlFrames.Parse(_buffer.AsSpan(0, _length), out var fault);
        return fault is "" ? await channels.TakeAsync(message) : SocketEnd.Protocol(fault);
    }

    private async ValueTask<SocketEnd?> ReadItemAsync(bool isEnd)
    {
        while (!isEnd && _length < FrameHeader.Size)
        {
            isEnd = (await FillAsync()).EndOfMessage;
        }

        var header = FrameHeader.Parse(_buffer.AsSpan(0, _length), out var fault);
        if (fault is not "")
        {
            return SocketEnd.Protocol(fault);
        }

        var begin = FrameHeader.Size + header.MetadataLength;
        while (!isEnd && _length < begin)
        {
            isEnd = (await FillAsync()).EndOfMessage;
        }

        if (_length < begin)
        {
            return SocketEnd.Protocol($"The header's metadata length is {header.MetadataLength}, but the frame ends before.");
        }

        if (channels.FindInput(header.Channel) is not { } channel)
        {
            return SocketEnd.Protocol($"The header's channel is {header.Channel}, which was not opened to be written.");
        }

        // A copy, for what the item keeps of it.
        if (channel.Begin(header, _buffer.AsSpan(FrameHeader.Size, header.MetadataLength).ToArray()) is { } end)
        {
            return end;
        }

        var (length, failed) = await ReadContentAsync(channel, begin, isEnd);
        if (failed is null)
        {
            channel.Complete(header, length);
        }

        return failed;
    }

    private async ValueTask<(int Length, SocketEnd? Failed)> ReadContentAsync(InputChannel channel, int begin, bool isEnd)
    {
        var length = _length - begin;
        if (channel.Content is { } first && length > 0)
        {
            if (!await first.GrowAsync(isEnd ? length : Math.Max(length, 2 * _buffer.Length), gone))
            {
                return (length, SocketEnd.Full);
            }

            var taken = Math.Min(length, first.Free.Length);
            _buffer.AsSpan(begin, taken).CopyTo(first.Free.Span);
            first.Advance(taken);
        }

        while (!isEnd)
        {
            var content = channel.Content;
            if (content is { Free.IsEmpty: true } && !await content.GrowAsync(wanted: 0, gone))
            {
                return (length, SocketEnd.Full);
            }

            var received = await socket.ReceiveAsync(content?.Free ?? _buffer.AsMemory(), gone);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return (length, SocketEnd.ByClient);
            }

            content?.Advance(received.Count);
            length += received.Count;
            isEnd = received.EndOfMessage;
            if (length > FrameHeader.MostContent)
            {
                return (length, SocketEnd.Protocol($"A frame has at most {FrameHeader.MostContent} bytes of content: send larger items in several."));
            }
        }

        return (length, null);
    }
}
