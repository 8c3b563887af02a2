using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling;

/// <summary>The slots given to one attempt of a session: one lease for each node it asked for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.lease-grant")]
internal sealed record LeaseGrant
{
    [Id(0)]
    public required string SessionId { get; init; }

    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>In the order of the demands, an engine's leases side by side.</summary>
    [Id(2)]
    public required ImmutableArray<Lease> Leases { get; init; }
}
