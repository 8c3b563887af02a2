using System.Collections.Immutable;

namespace BlueEdge.Quotas;

/// <summary>What a gateway tells of one tenant.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.quota-report")]
public sealed record QuotaReport
{
    /// <summary>The gateway's process.</summary>
    [Id(0)]
    public required Guid Gateway { get; init; }

    /// <summary>The tenant's limits, as the gateway is set.</summary>
    [Id(1)]
    public required QuotaLimits Limits { get; init; }

    /// <summary>How many submissions the gateway expects in the coming moment, besides those that it may let by already.</summary>
    [Id(2)]
    public int Wanted { get; init; }

    /// <summary>Submissions that it let by and that are not answered yet.</summary>
    [Id(3)]
    public int InFlight { get; init; }

    /// <summary>Bytes of payloads that came since its last report.</summary>
    [Id(4)]
    public long PayloadBytes { get; init; }

    /// <summary>Sockets and event streams that are open there now.</summary>
    [Id(5)]
    public int LiveConnections { get; init; }

    /// <summary>What was uploaded and deleted since its last report.</summary>
    [Id(6)]
    public ImmutableArray<UploadChange> Uploads { get; init; } = [];
}
