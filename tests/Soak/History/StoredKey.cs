namespace BlueEdge.Soak.History;

/// <summary>A key in Redis.</summary>
internal sealed record StoredKey(string Name, bool Expires);
