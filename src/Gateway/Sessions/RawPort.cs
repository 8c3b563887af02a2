using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>An input or output of a single engine as read.</summary>
/// <param name="Name">The engine's port.</param>
/// <param name="Type">Its type.</param>
/// <param name="Interested">Whether what is written to it is kept.</param>
/// <param name="Payload">What to send to it, or <see langword="null"/> for nothing.</param>
/// <param name="Envelope">What that says of itself beside its content, or <see langword="null"/>.</param>
/// <param name="External">What it says of clients that write it or listen to it, or <see langword="null"/>.</param>
internal sealed record RawPort(string Name, ChannelType Type, bool Interested, RawValue? Payload, RawEnvelope? Envelope, RawExternal? External)
{
    /// <summary>The channel that it is linked to.</summary>
    public ChannelSpec ToChannel(string name, bool interested)
    {
        ChannelSpec channel = new() { Name = name, Type = Type, Interested = interested };
        return External?.AddTo(channel) ?? channel;
    }
}
