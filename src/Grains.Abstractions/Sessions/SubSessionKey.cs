namespace BlueEdge.Sessions;

/// <summary>Names one node of one session.</summary>
/// <param name="SessionId">The session's id.</param>
/// <param name="Node">The node's name.</param>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-key")]
public readonly record struct SubSessionKey(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string Node)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="BlueEdgeException">It has no slash.</exception>
    public static SubSessionKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash
            ? new(text[..slash], text[(slash + 1)..])
            : throw new BlueEdgeException($"'{text}' names no node of a session: it has no slash. SubSessionKey.ToString makes such keys.");
    }

    /// <summary>As text. A session id has no slash; a node's name may.</summary>
    public override string ToString() => $"{SessionId}/{Node}";
}
