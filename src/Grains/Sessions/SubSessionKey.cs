namespace BlueEdge.Sessions;

/// <summary>Names one node of one session: the key of its sub-session grain.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-key")]
internal readonly record struct SubSessionKey(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string Node)
{
    /// <summary>The grain key. A session id has no slash; a node's name may.</summary>
    public override string ToString() => $"{SessionId}/{Node}";

    public static SubSessionKey Parse(string key) =>
        key.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new(key[..slash], key[(slash + 1)..])
            : throw new BlueEdgeException($"'{key}' is no sub-session key: it wants the form session/node.");
}
