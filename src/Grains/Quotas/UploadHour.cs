namespace BlueEdge.Grains.Quotas;

/// <summary>Bytes that were uploaded within an hour and are stored.</summary>
/// <param name="Hour">The hour, in hours since 1970.</param>
/// <param name="Bytes">How many.</param>
[GenerateSerializer, Immutable, Alias("blueedge.upload-hour")]
internal sealed record UploadHour([property: Id(0)] long Hour, [property: Id(1)] long Bytes);
