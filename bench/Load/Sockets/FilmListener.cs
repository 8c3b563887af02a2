using System.Text.Json;

namespace BlueEdge.Load.Sockets;

/// <summary>Has a session's camera take pictures, and counts those that come by the socket.</summary>
public sealed class FilmListener : IDisposable
{
    private const int In = 1;
    private const int Out = 2;
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly LiveSocket _socket;
    private long _ordered;

    private FilmListener(LiveSocket socket) => _socket = socket;

    /// <summary>Opens the session's channels: <c>In</c> for orders to the camera, <c>Out</c> for its pictures.</summary>
    public static async Task<FilmListener> OpenAsync(string address)
    {
        FilmListener film = new(await LiveSocket.OpenAsync(new(address)));
        await film._socket.SayAsync($$"""{"type":"open","channel":{{Out}},"name":"Out","direction":"out","items":{{1L << 50}},"bytes":{{1L << 50}}}""");
        await film._socket.SayAsync($$"""{"type":"open","channel":{{In}},"name":"In","direction":"in","writer":"film"}""");
        for (var opened = 0; opened < 2;)
        {
            var message = await film._socket.ReceiveAsync();
            opened += message.Is("opened"u8) ? 1 : message.Is("status"u8) ? 0 : throw new LoadException($"The channels are not opened: {message}");
        }

        return film;
    }

    /// <summary>Orders so many pictures at that pace, and hears them.</summary>
    /// <returns>How many came a second, from the first to the last, and how many were missed.</returns>
    public async Task<(double PerSecond, long Missed)> RunAsync(string file, int pictures, int perSecond)
    {
        await _socket.SendAsync(LiveSocket.Frame(In, _ordered++, JsonSerializer.SerializeToUtf8Bytes(new { file, pictures, perSecond })));
        var (heard, missed, first, last) = (0L, 0L, 0L, 0L);
        while (heard + missed < pictures)
        {
            var message = await _socket.ReceiveAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Clock);
            if (message.IsItem)
            {
                last = Clock.GetTimestamp();
                first = heard == 0 && first == 0 ? last : first;
                heard += message.IsLastPiece ? 1 : 0;
            }
            else if (message.Is("gap"u8))
            {
                missed += message.Control.GetProperty("missed").GetInt64();
            }
            else if (!message.Is("ack"u8) && !message.Is("status"u8) && !message.Is("credit"u8))
            {
                throw new LoadException($"This was not to come: {message} {_socket.Closed}");
            }
        }

        return ((heard - 1) / Clock.GetElapsedTime(first, last).TotalSeconds, missed);
    }

    public void Dispose() => _socket.Dispose();
}
