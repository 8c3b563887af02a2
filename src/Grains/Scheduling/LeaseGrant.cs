using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling;

/// <summary>The slots given to one attempt of a session: one lease for each node it asked for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.lease-grant")]
public sealed record LeaseGrant
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>In the order of the demands, an engine's leases side by side.</summary>
    [Id(2)]
    public required ImmutableArray<Lease> Leases { get; init; }
}
