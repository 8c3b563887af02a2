using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;

namespace BlueEdge.Load.Sockets;

/// <summary>
/// A socket on which each item that is sent comes back, in order: of a session that relays from its channel <c>In</c> to <c>Out</c>, or of a bare echo,
/// which knows of no channels. Items are numbered JSON of 1 KB, and each that comes back is looked at.
/// </summary>
internal sealed class EchoSocket : IDisposable
{
    private const int In = 1;
    private const int Out = 2;
    private const int ContentBytes = 1_024;
    private const string Begin = "{\"number\": ";
    private const string End = "\"}";
    private const long FirstNumber = 100_000_000_000;
    private const int Digits = 12;

    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly LiveSocket _socket;
    private readonly byte[] _frame;
    private readonly ConcurrentQueue<long> _underWay = new();
    private readonly SemaphoreSlim _credit = new(0);
    private readonly Action<EchoSocket, double> _back;
    private long _sent;
    private long _heard;

    private EchoSocket(LiveSocket socket, Action<EchoSocket, double> back)
    {
        (_socket, _back) = (socket, back);

        // A number in JSON begins with no 0.
        var content = $"{Begin}{FirstNumber}, \"text\": \"".PadRight(ContentBytes - End.Length, 'x') + End;
        _frame = LiveSocket.Frame(In, 0, Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Ends when the socket does, by what ended it.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Items of this socket that are under way.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Opens one, and from then on tells of each item that comes back how many milliseconds it was under way.</summary>
    public static async Task<EchoSocket> OpenAsync(Uri address, bool isSession, Action<EchoSocket, double> back)
    {
        EchoSocket echo = new(await LiveSocket.OpenAsync(address), back);
        if (isSession)
        {
            await echo.OpenChannelsAsync();
        }
        else
        {
            echo._credit.Release(int.MaxValue);
        }

        echo.Reading = echo.ReadAsync();
        return echo;
    }

    /// <summary>Sends the next item, once there is credit for it.</summary>
    public async Task SendAsync()
    {
        await _credit.WaitAsync();
        BinaryPrimitives.WriteInt64LittleEndian(_frame.AsSpan(8), _sent);
        _ = Utf8Formatter.TryFormat(FirstNumber + _sent++, _frame.AsSpan(LiveSocket.HeaderSize + Begin.Length), out _);
        _underWay.Enqueue(Clock.GetTimestamp());
        await _socket.SendAsync(_frame);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _credit.Dispose();
    }

    private async Task OpenChannelsAsync()
    {
        await _socket.SayAsync($$"""{"type":"open","channel":{{Out}},"name":"Out","direction":"out","items":{{1L << 50}},"bytes":{{1L << 50}}}""");
        await _socket.SayAsync($$"""{"type":"open","channel":{{In}},"name":"In","direction":"in","writer":"load"}""");
        for (var opened = 0; opened < 2;)
        {
            var message = await _socket.ReceiveAsync();
            if (message.Is("opened"u8))
            {
                opened++;
                Give(message);
            }
            else if (!message.Is("status"u8))
            {
                throw new LoadException($"The channels are not opened: {message}");
            }
        }
    }

    /// <summary>All items are as long as one another, so that credit in bytes is credit in items.</summary>
    private void Give(LiveMessage message)
    {
        var said = message.Control;
        if (said.GetProperty("channel").GetInt32() == In)
        {
            var items = Math.Min(said.GetProperty("items").GetInt64(), said.GetProperty("bytes").GetInt64() / ContentBytes);
            _credit.Release((int)items);
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var message = await _socket.ReceiveAsync();
            if (message.IsItem)
            {
                Look(message);
                _ = _underWay.TryDequeue(out var since);
                _back(this, Clock.GetElapsedTime(since).TotalMilliseconds);
            }
            else if (message.Is("credit"u8))
            {
                Give(message);
            }
            else if (!message.Is("ack"u8) && !message.Is("status"u8))
            {
                throw new LoadException(message.Kind is WebSocketMessageType.Close ? $"The socket was closed: {_socket.Closed}" : $"This was not to come: {message}");
            }
        }
    }

    private void Look(LiveMessage item)
    {
        var content = item.Content.Span;
        if (content.Length != ContentBytes || !Utf8Parser.TryParse(content.Slice(Begin.Length, Digits), out long number, out _) || number != FirstNumber + _heard++)
        {
            throw new LoadException($"Item {_heard - 1} was to come back, and not {Encoding.UTF8.GetString(content)}");
        }
    }
}
