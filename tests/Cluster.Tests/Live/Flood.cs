using System.Net.WebSockets;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>A session with more to hear than the connection to one who does not read has room for.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const long Plenty = 1L << 50;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri _address;
    private readonly LiveSocket _writer;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;

    private Flood(Uri address, LiveSocket writer) => (_address, _writer, _writing) = (address, writer, WriteAsync(writer, _over.Token));

    public static async Task<Flood> BeginAsync(Gateway gateway)
    {
        var address = await LiveSessions.StartAsync(gateway, isKept: false);
        return new(address, await LiveSessions.WriteToAsync(address));
    }

    /// <summary>Has a client listen to all of it while something is done, and read what comes.</summary>
    public async Task<T> ReadWhileAsync<T>(Func<Task<T>> work)
    {
        using var socket = await LiveSessions.ListenAsync(_address, Plenty);
        using var over = new CancellationTokenSource();
        var reading = ReadAsync(socket, over.Token);
        var result = await work();
        await over.CancelAsync();
        await reading;
        return result;
    }

    /// <summary>Has a client listen to all of it while something is done, and read nothing until that is over: it is told then that it missed something, or was cut off.</summary>
    public async Task<T> IgnoreWhileAsync<T>(Func<Task<T>> work)
    {
        using var socket = await LiveSessions.ListenAsync(_address, Plenty);
        var result = await work();
        try
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            while (await socket.ReceiveAsync(patience.Token) is { Kind: not WebSocketMessageType.Close } message && !message.Is("gap"u8))
            {
                // What was on its way.
            }
        }
        catch (WebSocketException)
        {
            // It was cut off.
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _writing;
        _writer.Dispose();
        _over.Dispose();
    }

    private static async Task ReadAsync(LiveSocket socket, CancellationToken over)
    {
        try
        {
            while ((await socket.ReceiveAsync(over)).Kind is not WebSocketMessageType.Close)
            {
                // Nothing is made of it.
            }
        }
        catch (OperationCanceledException)
        {
            // That was all.
        }
    }

    private static async Task WriteAsync(LiveSocket writer, CancellationToken over)
    {
        var item = JsonSerializer.SerializeToUtf8Bytes(new string('x', 8_000));
        using PeriodicTimer pace = new(Period, TimeProvider.System);
        try
        {
            for (var sequence = 0L; await pace.WaitForNextTickAsync(over); sequence++)
            {
                await writer.SendAsync(LiveSocket.Frame(LiveSessions.In, sequence, item), over);
                while (!(await writer.ReceiveAsync(over)).Is("ack"u8))
                {
                    // Each is acknowledged before the next, so that there is credit.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // There is enough of it.
        }
    }
}
