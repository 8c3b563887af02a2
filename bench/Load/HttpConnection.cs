using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace BlueEdge.Load;

/// <summary>
/// A kept-alive HTTP/1.1 connection with one request at a time. It does little, since the load shares the machine with what
/// it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _begin;
    private int _end;

    public static async Task<HttpConnection> OpenAsync(Uri uri)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(uri.Host, uri.Port);
        return connection;
    }

    /// <summary>Sends a request and reads its answer, which is valid until the next one.</summary>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        _begin = _end = 0;
        var headLength = await ReadThroughAsync("\r\n\r\n"u8.ToArray());
        var head = Encoding.ASCII.GetString(_buffer, 0, headLength);
        var status = int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        if (FindHeader(head, "Content-Length") is { } length)
        {
            var count = int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
            await FillAsync(_begin + count);
            return (status, _buffer.AsMemory(_begin, count));
        }

        return FindHeader(head, "Transfer-Encoding") is "chunked"
            ? (status, await ReadChunksAsync())
            : throw new LoadException($"The answer says not how long it is: {head}");
    }

    public void Dispose() => _socket.Dispose();

    private static string? FindHeader(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        at += name.Length + 3;
        return head[at..head.IndexOf("\r\n", at, StringComparison.Ordinal)].Trim();
    }

    /// <summary>Moves the chunks together, to where the first one is.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadChunksAsync()
    {
        var first = -1;
        var written = 0;
        while (true)
        {
            var line = _begin;
            var lineLength = await ReadThroughAsync("\r\n"u8.ToArray());
            if (!Utf8Parser.TryParse(_buffer.AsSpan(line, lineLength), out int size, out _, 'x'))
            {
                throw new LoadException("A chunk's size cannot be read.");
            }

            if (first < 0)
            {
                first = written = _begin;
            }

            await FillAsync(_begin + size + 2);
            _buffer.AsSpan(_begin, size).CopyTo(_buffer.AsSpan(written));
            written += size;
            _begin += size + 2;
            if (size == 0)
            {
                return _buffer.AsMemory(first, written - first);
            }
        }
    }

    /// <summary>Reads up to a mark and past it; returns how much that is.</summary>
    private async Task<int> ReadThroughAsync(byte[] mark)
    {
        var searched = _begin;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf(mark);
            if (at >= 0)
            {
                var length = searched + at + mark.Length - _begin;
                _begin += length;
                return length;
            }

            searched = Math.Max(_begin, _end - mark.Length + 1);
            await FillAsync(_end + 1);
        }
    }

    private async ValueTask FillAsync(int end)
    {
        while (_end < end)
        {
            if (_buffer.Length < end || _end == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(end, 2 * _buffer.Length));
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            _end += read > 0 ? read : throw new LoadException("The server closed the connection.");
        }
    }
}
