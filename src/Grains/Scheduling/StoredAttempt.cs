using System.Collections.Immutable;

namespace BlueEdge.Scheduling;

/// <summary>What an attempt holds, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-attempt")]
internal sealed record StoredAttempt
{
    [Id(0)]
    public required string SessionId { get; init; }

    [Id(1)]
    public required int Epoch { get; init; }

    [Id(2)]
    public required bool Confirmed { get; init; }

    [Id(3)]
    public required ImmutableArray<StoredLeases> Leases { get; init; }
}
