namespace Streaming.Kafka;

[GenerateSerializer, Immutable, Alias("test.order")]
internal sealed record Order([property: Id(0)] string What, [property: Id(1)] int Count);
