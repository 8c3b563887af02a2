namespace Streaming.Kafka;

[Alias("test.order-grain")]
internal interface IOrderGrain : IGrainWithStringKey;
