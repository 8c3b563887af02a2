using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace BlueEdge.Load.Sockets;

/// <summary>A client's end of a session's socket, as lean as one can be: it gives no credit, remembers nothing, and never comes back by itself.</summary>
internal sealed class LiveSocket : IDisposable
{
    /// <summary>Bytes that an item's frame begins with.</summary>
    public const int HeaderSize = 24;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[2 * 1024];

    private LiveSocket()
    {
        _socket.Options.AddSubProtocol("blueedge.v1");
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
    }

    /// <summary>Why the other side closed it, once it did.</summary>
    public (int Code, string Reason) Closed => ((int?)_socket.CloseStatus ?? 0, _socket.CloseStatusDescription ?? "");

    /// <summary>Connects; the address is that of HTTP.</summary>
    /// <exception cref="WebSocketException">There is nobody, or it was refused.</exception>
    public static async Task<LiveSocket> OpenAsync(Uri address, CancellationToken cancellationToken = default)
    {
        LiveSocket live = new();
        try
        {
            await live._socket.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs }.Uri, cancellationToken);
            return live;
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    /// <summary>The frame of a whole item that says nothing of itself.</summary>
    public static byte[] Frame(int channel, long sequence, ReadOnlySpan<byte> content)
    {
        var frame = new byte[HeaderSize + content.Length];
        (frame[0], frame[2]) = (1, (byte)channel);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(8), sequence);
        content.CopyTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>Sends a control message.</summary>
    public Task SayAsync(string json, CancellationToken cancellationToken = default) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, cancellationToken);

    /// <summary>Sends an item's frame.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) => SendAsync(frame, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>What comes next; its kind is <see cref="WebSocketMessageType.Close"/> where nothing does.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<LiveMessage> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * length);
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += received.Count;
            if (received.EndOfMessage || received.MessageType is WebSocketMessageType.Close)
            {
                return new(received.MessageType, _buffer.AsMemory(0, length));
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType kind, CancellationToken cancellationToken)
    {
        // Who listens and writes by one socket does so from two places.
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(message, kind, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
