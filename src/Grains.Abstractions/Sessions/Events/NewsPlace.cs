namespace BlueEdge.Sessions.Events;

/// <summary>Where a reader is in what a silo's ring tells.</summary>
/// <param name="Ring">Which ring: another one after the silo began anew, or nobody had read for a minute.</param>
/// <param name="Next">Which piece of news comes next.</param>
[GenerateSerializer, Immutable, Alias("blueedge.news-place")]
public sealed record NewsPlace([property: Id(0)] Guid Ring, [property: Id(1)] long Next);
