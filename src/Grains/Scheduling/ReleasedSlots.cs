namespace BlueEdge.Grains.Scheduling;

/// <summary>How many slots of one instance an attempt has given back so far.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.released-slots")]
public readonly record struct ReleasedSlots
{
    /// <summary>The slots' engine and instance.</summary>
    [Id(0)]
    public required Lease Lease { get; init; }

    /// <summary>A total, not a difference.</summary>
    [Id(1)]
    public required int Total { get; init; }
}
