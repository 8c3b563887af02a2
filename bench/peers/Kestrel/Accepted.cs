namespace BlueEdge.KestrelPeer;

internal sealed record Accepted(string SessionId, int Engines);
