using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Sockets.Messages;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>Says why a channel does not take what a client wrote. Pure.</summary>
internal static class InputRefusal
{
    /// <param name="number">The channel's number on the socket.</param>
    /// <param name="key">The channel.</param>
    /// <param name="writer">Who writes.</param>
    /// <param name="reply">What the channel said.</param>
    /// <param name="sequence">The item that it is about, if any.</param>
    public static ServerMessage Of(int number, ChannelKey key, string writer, InputReply reply, long? sequence)
    {
        var (pointer, code, message) = reply.Outcome switch
        {
            InputOutcome.Gap => ("", SocketCodes.MissingItems, $"Items of writer '{Shown.Short(writer)}' are missing before this one: open the channel again, and send number {reply.NextSequence} first."),
            InputOutcome.Ended => ("", SocketCodes.ChannelEnded, $"Channel '{Shown.Short(key.Channel)}' has ended: it takes no more items."),
            InputOutcome.SessionOver => ("", SocketCodes.SessionOver, $"Session '{key.SessionId}' has ended, or is stopped: it takes no more items."),
            InputOutcome.Refused => ("", FaultCodes.NotAllowed, reply.Reason ?? "The item is none that the channel takes."),
            _ => ("/name", FaultCodes.UnknownChannel, $"Session '{key.SessionId}' has no channel '{Shown.Short(key.Channel)}' that clients write: submit it with \"external\": \"in\"."),
        };
        return ServerMessage.Error(number, new() { Pointer = pointer, Code = code, Message = message }, sequence) with
        {
            NextSequence = reply.Outcome is InputOutcome.Gap or InputOutcome.Ended ? reply.NextSequence : null,
        };
    }
}
