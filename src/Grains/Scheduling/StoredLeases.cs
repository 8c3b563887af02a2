namespace BlueEdge.Grains.Scheduling;

/// <summary>The leases that an attempt has of one instance, as they are stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-leases")]
public readonly record struct StoredLeases
{
    /// <summary>The slots' engine and instance.</summary>
    [Id(0)]
    public required Lease Lease { get; init; }

    /// <summary>How many of these were granted.</summary>
    [Id(1)]
    public required int Granted { get; init; }

    /// <summary>How many were given back, or lost with the instance.</summary>
    [Id(2)]
    public required int Released { get; init; }
}
