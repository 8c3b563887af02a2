using System.Collections.Concurrent;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.Sockets.Listening;
using BlueEdge.Gateway.Sockets.Messages;
using BlueEdge.Gateway.Sockets.Writing;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sockets;

/// <summary>The channels of a socket: opens them as the client says, and hands on what it says of them.</summary>
/// <param name="session">The session.</param>
/// <param name="root">What the addresses of the API begin with.</param>
/// <param name="tools">What sockets use.</param>
/// <param name="outbox">Where answers go.</param>
/// <param name="end">Ends the socket.</param>
/// <param name="watch">Sees to it that what fails is known.</param>
/// <param name="over">Fires when the socket ends.</param>
internal sealed class SocketChannels(
    SessionSnapshot session, string root, SocketTools tools, Outbox outbox, Action<SocketEnd> end, Func<Task, Task> watch, CancellationToken over)
{
    private readonly ConcurrentDictionary<int, (ISocketChannel Channel, Task Done)> _channels = new();
    private int _opened;

    /// <summary>How many were opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Completes when all that are open now have ended.</summary>
    public Task Done => Task.WhenAll(_channels.Values.Select(each => each.Done));

    /// <summary>Completes when all that are listened to now have been told to their end.</summary>
    public Task Told => Task.WhenAll(_channels.Values.Where(each => each.Channel is ListenChannel).Select(each => each.Done));

    /// <summary>The channel of a frame; <see langword="null"/> where there is none that the client writes.</summary>
    public InputChannel? FindInput(int number) => _channels.TryGetValue(number, out var found) ? found.Channel as InputChannel : null;

    /// <summary>Does what the client says.</summary>
    /// <returns>How the socket ends, where it is nothing that the protocol allows.</returns>
    public async ValueTask<SocketEnd?> TakeAsync(ClientMessage message)
    {
        var number = message.Channel!.Value; // Read so.
        var isKnown = _channels.TryGetValue(number, out var known);
        if (message.Type is "open")
        {
            return isKnown && known.Channel.IsOpen ? SocketEnd.Protocol($"Channel {number} is open: end it before it is opened again.") : await OpenAsync(number, message);
        }

        if (!isKnown)
        {
            return SocketEnd.Protocol($"Channel {number} was never opened.");
        }

        if (message.Type is "end")
        {
            known.Channel.End();
            return null;
        }

        if (known.Channel is not ListenChannel listening)
        {
            return SocketEnd.Protocol($"A client gives credit for what it listens to; it writes channel {number}.");
        }

        listening.Give(new(message.Items ?? 0, message.Bytes ?? 0));
        return null;
    }

    /// <summary>Lets go of what came in part. Called once nothing more is read.</summary>
    public void Drop()
    {
        foreach (var (channel, _) in _channels.Values)
        {
            (channel as InputChannel)?.Drop();
        }
    }

    private async ValueTask<SocketEnd?> OpenAsync(int number, ClientMessage message)
    {
        var cursor = message.After is { } after ? ChannelCursor.TryParse(after) : default(ChannelCursor);
        var fault = FindFault(message, isCursor: cursor is not null);
        if (fault is not null)
        {
            await outbox.SendAsync(ServerMessage.Error(number, fault));
            return null;
        }

        var name = message.Name!; // Just looked at, as the writer.
        var spec = session.ExternalChannels.FirstOrDefault(channel => string.Equals(channel.Name, name, StringComparison.Ordinal));
        if (message.Direction is "in")
        {
            Start(number, new InputChannel(number, new(session.SessionId, name), message.Writer!, spec?.WriterTimeout, tools, outbox, end, over));
            return null;
        }

        ChannelKey key = new(session.SessionId, name);
        var isKept = session.InterestedChannels.Contains(name, StringComparer.Ordinal);
        if (!isKept && !await tools.AskAsync(() => tools.Follower.CanListenAsync(key, over), over))
        {
            await outbox.SendAsync(ServerMessage.Error(number, Unheard(name)));
            return null;
        }

        ChannelSource source = new(tools.Follower, key, isKept);
        ItemSender sender = new(source, root, tools, outbox);
        ListenChannel listening = new(
            number, source, spec?.Delivery is DeliveryMode.Latest, cursor ?? default, sender, tools, outbox, end, over);
        listening.Give(new(message.Items ?? 0, message.Bytes ?? 0));
        Start(number, listening);
        return null;
    }

    private void Start(int number, ISocketChannel channel)
    {
        Interlocked.Increment(ref _opened);
        _channels[number] = (channel, watch(channel.RunAsync()));
    }

    private Fault? FindFault(ClientMessage open, bool isCursor) =>
        _channels.Values.Count(each => each.Channel.IsOpen) >= tools.Options.MaxChannels
            ? At("/channel", FaultCodes.TooLarge, $"The socket has {tools.Options.MaxChannels} channels open, which is all that it may: open another socket, or end one.")
        : string.IsNullOrEmpty(open.Name) ? At("/name", FaultCodes.Required, "The name says which channel to open.")
        : open.Direction is "in" ? FindWriterFault(open.Writer)
        : open.Direction is not "out" ? At("/direction", FaultCodes.Malformed, "The direction is in, to write, or out, to listen.")
        : !isCursor ? At("/after", FaultCodes.Malformed, $"'{Shown.Short(open.After ?? "")}' is no place in a channel: {ChannelCursor.Form}.")
        : null;

    private Fault Unheard(string name) => At(
        "/name",
        FaultCodes.UnknownChannel,
        $"Session '{session.SessionId}' has no channel '{Shown.Short(name)}' that can be listened to: any can be that engines or clients write, or start data feed.");

    private static Fault? FindWriterFault(string? writer) =>
        string.IsNullOrEmpty(writer) ? At("/writer", FaultCodes.Required, "The writer is a name of your own among all who write to the channel, by which repeats are recognised.")
        : writer.Length > InputWrite.WriterLength || writer.Any(char.IsControl)
            ? At("/writer", FaultCodes.OutOfRange, $"A writer's name has at most {InputWrite.WriterLength} characters and no control characters.")
        : null;

    private static Fault At(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
