namespace BlueEdge.Blobs;

/// <summary>A blob would take of what blobs leave free.</summary>
internal sealed class NoRoomException(string message) : IOException(message);
