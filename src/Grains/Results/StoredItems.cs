namespace BlueEdge.Grains.Results;

/// <summary>How many items of a channel are stored.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Count">The items.</param>
[GenerateSerializer, Immutable, Alias("blueedge.stored-items")]
public sealed record StoredItems([property: Id(0)] string Channel, [property: Id(1)] long Count);
