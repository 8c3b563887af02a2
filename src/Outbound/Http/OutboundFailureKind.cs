namespace BlueEdge.Outbound.Http;

/// <summary>What did not work.</summary>
public enum OutboundFailureKind
{
    /// <summary>The host's name is not known, or cannot be looked up now.</summary>
    Name,

    /// <summary>No address of the host accepts a connection.</summary>
    Connection,

    /// <summary>The certificate is not valid, not trusted or another host's, or there is no common way to encrypt.</summary>
    Tls,

    /// <summary>The answer took too long.</summary>
    Timeout,

    /// <summary>The answer ended in its middle, or is none of HTTP.</summary>
    Answer,
}
