namespace BlueEdge.Gateway.Http;

/// <summary>What is wrong, for programs.</summary>
internal sealed record ErrorData
{
    /// <summary>The faults of the request, the first 100 of them; empty where the request is not to blame.</summary>
    public IReadOnlyList<ErrorItem> Errors { get; init; } = [];

    /// <summary>How many faults there are besides, where there are any.</summary>
    public int? FurtherErrors { get; init; }

    /// <summary>The session that was accepted although this answer could not be completed.</summary>
    public string? SessionId { get; init; }

    /// <summary>The number that the channel wants of this writer next, where items before those that were sent are missing.</summary>
    public long? NextSequence { get; init; }

    /// <summary>The quota of the tenant that the request would have exceeded, where that is why.</summary>
    public ErrorQuota? Quota { get; init; }

    /// <summary>The trace under which the log has more; the caller's own where it sent a <c>traceparent</c>.</summary>
    public string? TraceId { get; init; }
}
