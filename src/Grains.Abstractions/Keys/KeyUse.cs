namespace BlueEdge.Keys;

/// <summary>That a key was used.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="At">When, last.</param>
[GenerateSerializer, Immutable, Alias("blueedge.key-use")]
public sealed record KeyUse([property: Id(0)] string KeyId, [property: Id(1)] DateTimeOffset At);
