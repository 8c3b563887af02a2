namespace BlueEdge.Gateway.Sockets.Messages;

/// <summary>What a client says of a channel.</summary>
internal sealed record ClientMessage
{
    /// <summary><c>open</c>, <c>credit</c> or <c>end</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The number that the client gives to the channel on this socket, 1 to 255.</summary>
    public int? Channel { get; init; }

    /// <summary>With <c>open</c>: the channel's name.</summary>
    public string? Name { get; init; }

    /// <summary>With <c>open</c>: <c>in</c>, the client writes, or <c>out</c>, it listens.</summary>
    public string? Direction { get; init; }

    /// <summary>With <c>open</c> of an <c>in</c>: a name of the writer's own among all who write to the channel.</summary>
    public string? Writer { get; init; }

    /// <summary>With <c>open</c> of an <c>out</c>: the cursor to go on behind, such as <c>1:41</c>.</summary>
    public string? After { get; init; }

    /// <summary>With <c>credit</c>, and with <c>open</c> of an <c>out</c>: items more that the client takes.</summary>
    public long? Items { get; init; }

    /// <summary>Bytes more that it takes.</summary>
    public long? Bytes { get; init; }
}
