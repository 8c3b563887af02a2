namespace Streaming.Kafka;

[Alias("bench.sink")]
internal interface ISinkGrain : IGrainWithStringKey;
