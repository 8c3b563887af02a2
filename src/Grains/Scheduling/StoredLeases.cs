namespace BlueEdge.Grains.Scheduling;

/// <summary>The leases that an attempt has of one instance, as they are stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-leases")]
internal readonly record struct StoredLeases
{
    [Id(0)]
    public required Lease Lease { get; init; }

    [Id(1)]
    public required int Granted { get; init; }

    /// <summary>How many were given back, or lost with the instance.</summary>
    [Id(2)]
    public required int Released { get; init; }
}
