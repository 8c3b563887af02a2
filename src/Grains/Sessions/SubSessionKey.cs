namespace BlueEdge.Sessions;

/// <summary>Names one node of one session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-key")]
internal readonly record struct SubSessionKey(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string Node)
{
    /// <summary>As text. A session id has no slash; a node's name may.</summary>
    public override string ToString() => $"{SessionId}/{Node}";
}
