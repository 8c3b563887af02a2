namespace BlueEdge.Channels;

/// <summary>Where a large payload lies in the blob store (claim check). It is deleted with its session's data.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.blob-reference")]
public sealed record BlobReference
{
    /// <summary>The session that the blob belongs to.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The blob's name, unique in its session.</summary>
    [Id(1)]
    public required string Name { get; init; }
}
