using System.Net.WebSockets;
using BlueEdge.Gateway.Sockets.Listening;
using BlueEdge.Gateway.Sockets.Messages;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sockets;

/// <summary>One socket of one session: reads what the client says, tells it what there is, and closes with a reason.</summary>
/// <param name="socket">The connection.</param>
/// <param name="session">The session as it was when the socket was opened.</param>
/// <param name="after">The number of the last event that the client has.</param>
/// <param name="root">What the addresses of the API begin with.</param>
/// <param name="tools">What sockets use.</param>
/// <param name="logger">Is told of what should not happen.</param>
internal sealed partial class SocketSession(WebSocket socket, SessionSnapshot session, long after, string root, SocketTools tools, ILogger logger)
{
    /// <summary>How long a client may take to be told that it closes, and to say so too.</summary>
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    /// <summary>How long a client has for further channels of a session that has ended.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<SocketEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs it to its end.</summary>
    /// <param name="aborted">Fires when the connection breaks.</param>
    /// <param name="stopping">Fires when the process stops.</param>
    /// <param name="keyEnded">Fires when the key that it was opened with counts no more.</param>
    public async Task RunAsync(CancellationToken aborted, CancellationToken stopping, CancellationToken keyEnded)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        using CancellationTokenSource life = new(tools.LongestLife, tools.Time);
        await using var stops = stopping.Register(() => End(SocketEnd.Away));
        await using var ends = keyEnded.Register(() => End(SocketEnd.KeyEnded));
        await using var ages = life.Token.Register(() => End(SocketEnd.Away));
        await using var breaks = aborted.Register(() => End(SocketEnd.Gone));
        Outbox outbox = new(socket, tools.Options.Patience, tools.Time, gone.Token);
        SocketChannels channels = new(session, root, tools, outbox, End, WatchAsync, over.Token);
        SocketReader reader = new(socket, channels, gone.Token);
        var sending = WatchAsync(outbox.RunAsync());
        var reading = WatchAsync(ReadAsync(reader));
        var telling = WatchAsync(TellAsync(channels, outbox, over.Token));

        var end = await _end.Task;
        await over.CancelAsync();
        await WatchAsync(CloseAsync(end, reader, channels, outbox, sending, reading, gone.Token).WaitAsync(ClosingTime, tools.Time, gone.Token));

        // Whatever is left of it is given up; a connection that was closed is none the worse for it.
        await gone.CancelAsync();
        socket.Abort();
        await Task.WhenAll(sending, reading, telling, channels.Done);
        channels.Drop();
    }

    /// <summary>Has the socket end so, unless it ends already.</summary>
    private void End(SocketEnd end) => _end.TrySetResult(end);

    private async Task ReadAsync(SocketReader reader) => End(await reader.RunAsync());

    /// <summary>Tells what happens to the session; when it has ended, and all that is listened to is told, the socket has nothing more to do.</summary>
    private async Task TellAsync(SocketChannels channels, Outbox outbox, CancellationToken over)
    {
        await new StatusTeller(session, after, tools, outbox, over).RunAsync();
        for (var opened = -1; opened != channels.Opened;)
        {
            opened = channels.Opened;
            await channels.Told.WaitAsync(over);
            await Task.Delay(LastMoment, tools.Time, over);
        }

        End(SocketEnd.SessionOver);
    }

    /// <summary>Lets what was begun come to its end, says why it closes, and waits for the client to close too.</summary>
    private async Task CloseAsync(
        SocketEnd end, SocketReader reader, SocketChannels channels, Outbox outbox, Task sending, Task reading, CancellationToken gone)
    {
        if (end == SocketEnd.Gone)
        {
            return;
        }

        if (end.Code is SocketEnd.GoingAway)
        {
            // What was stored meanwhile is acknowledged yet.
            await channels.Done;
            await outbox.SendAsync(new ServerMessage { Type = "goaway", Message = end.Reason });
        }

        outbox.Complete();
        await sending;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)end.Code, end.ShortReason(), gone);
        }

        await reading;
        await reader.DrainAsync();
    }

    /// <summary>Waits for a part of it, and has the socket end where that fails.</summary>
    private async Task WatchAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or TimeoutException or ObjectDisposedException)
        {
            // The connection is no more, or the socket ends already.
            End(SocketEnd.Gone);
        }
        catch (Exception error)
        {
            LogFailed(logger, session.SessionId, error);
            End(new(SocketEnd.Failed, "Something went wrong inside; the log says what. Connect again."));
        }
    }

    [LoggerMessage(LogLevel.Error, "A socket of session {SessionId} failed")]
    private static partial void LogFailed(ILogger logger, string sessionId, Exception error);
}
