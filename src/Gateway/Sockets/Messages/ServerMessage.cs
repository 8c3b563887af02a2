using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Sockets.Flow;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sockets.Messages;

/// <summary>What a gateway says to a client. Members that say nothing are left out.</summary>
internal sealed record ServerMessage
{
    /// <summary><c>opened</c>, <c>credit</c>, <c>ack</c>, <c>end</c>, <c>gap</c>, <c>status</c>, <c>goaway</c> or <c>error</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The channel's number on this socket.</summary>
    public int? Channel { get; init; }

    /// <summary>With <c>opened</c>: what the channel's items are, of one that the client writes.</summary>
    public string? ItemType { get; init; }

    /// <summary>The number that the channel wants of the writer next: it has all before it.</summary>
    public long? NextSequence { get; init; }

    /// <summary>Items more that the client may send.</summary>
    public long? Items { get; init; }

    /// <summary>Bytes more that it may send.</summary>
    public long? Bytes { get; init; }

    /// <summary>With <c>gap</c>: the attempt that what comes next is of.</summary>
    public int? Epoch { get; init; }

    /// <summary>With <c>gap</c>: the attempt that came before, whose items the new ones take the place of.</summary>
    public int? Former { get; init; }

    /// <summary>With <c>gap</c>: how many items are passed over.</summary>
    public long? Missed { get; init; }

    /// <summary>With <c>status</c>: the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>With <c>status</c>: where the session stands.</summary>
    public ProcessResponse? Process { get; init; }

    /// <summary>With <c>status</c>: what happened to it.</summary>
    public SessionEventResponse? Event { get; init; }

    /// <summary>With <c>error</c>: a JSON pointer into the message, or into the metadata of the item of that sequence.</summary>
    public string? Pointer { get; init; }

    /// <summary>With <c>error</c>: what is wrong, for programs.</summary>
    public string? Code { get; init; }

    /// <summary>What it is, for people.</summary>
    public string? Message { get; init; }

    /// <summary>With <c>error</c>: the number of the item that it is about.</summary>
    public long? Sequence { get; init; }

    public static ServerMessage More(int channel, Credit credit) => new() { Type = "credit", Channel = channel, Items = credit.Items, Bytes = credit.Bytes };

    public static ServerMessage Ack(int channel, long next) => new() { Type = "ack", Channel = channel, NextSequence = next };

    public static ServerMessage End(int channel, long? next = null) => new() { Type = "end", Channel = channel, NextSequence = next };

    public static ServerMessage Error(int channel, Fault fault, long? sequence = null) =>
        new() { Type = "error", Channel = channel, Pointer = fault.Pointer, Code = fault.Code, Message = fault.Message, Sequence = sequence };
}
