namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>How far a channel's feed is.</summary>
/// <param name="IsOver">Whether all is with the engines, and they know that it is all; or another attempt is fed.</param>
/// <param name="Lost">Why the session fails, where its writers are lost and it is to fail then; or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("blueedge.input-feed-report")]
public sealed record InputFeedReport([property: Id(0)] bool IsOver, [property: Id(1)] string? Lost = null);
