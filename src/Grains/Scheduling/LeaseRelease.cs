using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling;

/// <summary>Leases that an attempt of a session has no more use for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.lease-release")]
public sealed record LeaseRelease
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>
    /// How many leases of this attempt on that instance have been released so far, this time included: a repeated or
    /// reordered report can so be told from a new one.
    /// </summary>
    [Id(2)]
    public required ImmutableArray<ReleasedSlots> Released { get; init; }
}
