namespace BlueEdge.Grains.Quotas;

/// <summary>What a gateway has of a tenant's quotas.</summary>
internal sealed record GatewayShare
{
    /// <summary>When it was heard of last.</summary>
    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>When it last wanted to let submissions by.</summary>
    public required DateTimeOffset WantedAt { get; init; }

    /// <summary>Sessions that it was allowed when it was heard of last.</summary>
    public int Lent { get; init; }

    /// <summary>Submissions that were under way there.</summary>
    public int InFlight { get; init; }

    /// <summary>Sockets and event streams that were open there.</summary>
    public int Live { get; init; }
}
