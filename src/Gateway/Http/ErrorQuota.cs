namespace BlueEdge.Gateway.Http;

/// <summary>Which quota a request would have exceeded.</summary>
internal sealed record ErrorQuota
{
    /// <summary><c>submissions-per-second</c>, <c>open-sessions</c>, <c>payload-bytes-per-day</c>, <c>blob-bytes</c> or <c>live-connections</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How much the tenant may have.</summary>
    public required double Limit { get; init; }
}
