using BlueEdge.Channels;

namespace BlueEdge.Client;

/// <summary>One item that a session wrote to a channel.</summary>
/// <param name="Epoch">The attempt that wrote it; the first is 1.</param>
/// <param name="Offset">Its place in the channel, from 0.</param>
/// <param name="Payload">The item. Where it is large it is a reference into the cluster's blob store.</param>
public sealed record SessionResult(int Epoch, long Offset, Payload Payload);
