namespace BlueEdge.Grains.Channels;

/// <summary>What reads or writes a channel.</summary>
[GenerateSerializer, Alias("blueedge.channel-end-kind")]
public enum ChannelEndKind
{
    /// <summary>An engine's sub-session, on an engine instance.</summary>
    SubSession,

    /// <summary>Whoever submitted the session: its start data.</summary>
    Client,

    /// <summary>Clients that write while the session runs.</summary>
    Writers,

    /// <summary>Those who listen to a channel that is not kept.</summary>
    Tap,
}
