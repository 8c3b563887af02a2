using System.Net.WebSockets;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>A session with more to hear than the connection to one who does not read has room for.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const long Plenty = 1L << 50;

    /// <summary>
    /// What is written at each tick: less than half of the credit that a gateway gives, for once all is acknowledged it may owe the other half still.
    /// </summary>
    private const int Together = 12;
    private const int ItemBytes = 8_000;

    /// <summary>Four times what a channel that is not kept has of its newest items, and far more than lies between a gateway and a client.</summary>
    private const int TooMany = 1_024;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Uri _address;
    private readonly LiveSocket _writer;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;
    private volatile Tally _tally = new(0);

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

    /// <summary>
    /// Has a client listen to all of it while something is done, and read nothing until that is over and it has missed something: it is told so then, or
    /// was cut off.
    /// </summary>
    public async Task<T> IgnoreWhileAsync<T>(Func<Task<T>> work)
    {
        using var socket = await LiveSessions.ListenAsync(_address, Plenty);
        _tally = new(TooMany);
        var result = await work();
        await await Task.WhenAny(_tally.Reached, _writing).WaitAsync(Patience, TimeProvider.System);
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

    private async Task WriteAsync(LiveSocket writer, CancellationToken over)
    {
        var item = JsonSerializer.SerializeToUtf8Bytes(new string('x', ItemBytes));
        using PeriodicTimer pace = new(Period, TimeProvider.System);
        try
        {
            for (var written = 0L; await pace.WaitForNextTickAsync(over);)
            {
                for (var place = 0; place < Together; place++)
                {
                    await writer.SendAsync(LiveSocket.Frame(LiveSessions.In, written + place, item), over);
                }

                for (written += Together; await AcknowledgedAsync(writer, over) < written;)
                {
                    // All are stored before the next, so that there is credit.
                }

                _tally.Add(Together);
            }
        }
        catch (OperationCanceledException)
        {
            // There is enough of it.
        }
    }

    private static async Task<long> AcknowledgedAsync(LiveSocket writer, CancellationToken over)
    {
        while (true)
        {
            var message = await writer.ReceiveAsync(over);
            if (message.Is("ack"u8))
            {
                return message.Control.GetProperty("nextSequence").GetInt64();
            }

            Assert.True(message.Is("credit"u8) || message.Is("status"u8), $"The flood's writer was told {message} {writer.Closed}");
        }
    }

    /// <summary>Counts to so many.</summary>
    private sealed class Tally(int most)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task Reached => _reached.Task;

        public void Add(int more)
        {
            if ((_count += more) >= most)
            {
                _reached.TrySetResult();
            }
        }
    }
}
