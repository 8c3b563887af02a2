namespace BlueEdge.Quotas;

/// <summary>Bytes of uploads that came, or went.</summary>
/// <param name="Hour">The hour of their upload, in hours since 1970: by it the time comes when they are cleared away.</param>
/// <param name="Bytes">How many; fewer than 0 where they were deleted.</param>
[GenerateSerializer, Immutable, Alias("blueedge.upload-change")]
public sealed record UploadChange([property: Id(0)] long Hour, [property: Id(1)] long Bytes);
