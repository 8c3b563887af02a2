using BlueEdge.Channels.Inputs;

namespace BlueEdge.Grains.Channels;

/// <summary>Who reads or writes a channel. Its session is the channel's, which whoever holds an end knows.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.channel-reader")] // Named when there were no other ends.
public readonly record struct ChannelEnd
{
    /// <summary>Start data as a writer: no node has an empty name, and nothing is sent to them.</summary>
    public static ChannelEnd StartData => new() { Kind = ChannelEndKind.Client, Name = "", Address = "" };

    /// <summary>Clients that write while the session runs, as one writer: no node is called so, and nothing is sent to them.</summary>
    public static ChannelEnd Writers => new() { Kind = ChannelEndKind.Writers, Name = ".", Address = "" };

    /// <summary>Those who listen to a channel, as one reader: no node is called so.</summary>
    public static ChannelEnd TapOf(ChannelKey channel) => new() { Kind = ChannelEndKind.Tap, Name = "..", Address = channel.ToString() };

    /// <summary>What deliveries, results and dead letters call it: a node's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Where items for it go: of a sub-session the key of its instance's grain, of a tap that of its own; empty where none do.</summary>
    [Id(1)]
    public required string Address { get; init; }

    /// <summary>What it is.</summary>
    [Id(2)]
    public ChannelEndKind Kind { get; init; }

    /// <summary>The key of the instance's grain that items for it go to.</summary>
    /// <exception cref="BlueEdgeException">It is on none.</exception>
    public string Instance => Kind is ChannelEndKind.SubSession
        ? Address
        : throw new BlueEdgeException($"'{Name}' reads a channel as a {Kind}, to which this process sends nothing. Run all processes in the same version.");
}
