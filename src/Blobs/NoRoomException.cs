namespace BlueEdge.Blobs;

/// <summary>A blob would take of what blobs leave free.</summary>
public sealed class NoRoomException(string message) : IOException(message);
