using BlueEdge.Channels;

namespace BlueEdge.EngineHost.Channels;

/// <summary>An item that waits for its reader: who wrote it, and as which of its items.</summary>
internal sealed record InboxItem(string Producer, long Sequence, Payload Payload);
