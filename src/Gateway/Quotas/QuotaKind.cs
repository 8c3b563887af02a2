namespace BlueEdge.Gateway.Quotas;

/// <summary>Of what a tenant may have so much.</summary>
internal enum QuotaKind
{
    /// <summary>Submissions a second.</summary>
    Submissions,

    /// <summary>Sessions that wait or run.</summary>
    OpenSessions,

    /// <summary>Bytes of payloads a day.</summary>
    PayloadBytes,

    /// <summary>Bytes of uploads that are stored.</summary>
    BlobBytes,

    /// <summary>Sockets and event streams that are open.</summary>
    LiveConnections,
}
