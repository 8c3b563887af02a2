namespace BlueEdge.Sessions.Events;

/// <summary>Where a reader is in what a silo's tap tells.</summary>
/// <param name="Tap">Which tap: another one after the silo began anew, or nobody had read for a minute.</param>
/// <param name="Next">Which piece of news comes next.</param>
[GenerateSerializer, Immutable, Alias("blueedge.tap-place")]
public sealed record TapPlace([property: Id(0)] Guid Tap, [property: Id(1)] long Next);
