namespace BlueEdge.Channels.Inputs;

/// <summary>Names one channel of one session.</summary>
/// <param name="SessionId">The session's id.</param>
/// <param name="Channel">The channel's name.</param>
public readonly record struct ChannelKey(string SessionId, string Channel)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="BlueEdgeException">It has no slash.</exception>
    public static ChannelKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash
            ? new(text[..slash], text[(slash + 1)..])
            : throw new BlueEdgeException($"'{text}' names no channel of a session: it has no slash. ChannelKey.ToString makes such keys.");
    }

    /// <summary>As text. A session id has no slash; a channel's name may.</summary>
    public override string ToString() => $"{SessionId}/{Channel}";
}
