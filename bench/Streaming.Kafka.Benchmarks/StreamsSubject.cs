using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Streaming.Kafka;

/// <summary>One silo with the provider; a stream in it from a producer to a grain.</summary>
internal sealed class StreamsSubject(IHost host) : ISubject, IAsyncDisposable
{
    /// <summary>The provider's defaults.</summary>
    public static readonly KafkaStreamOptions Options = new();

    private readonly IAsyncStream<ReadOnlyMemory<byte>> _stream =
        host.Services.GetRequiredKeyedService<IStreamProvider>("kafka").GetStream<ReadOnlyMemory<byte>>(StreamId.Create(SinkGrain.Namespace, "one"));

    public Arrivals Arrivals => SinkGrain.Arrivals;

    public static async Task<StreamsSubject> StartAsync(string bootstrapServers)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddKafkaStreams("kafka", streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigureKafka(options => options.Configure(each =>
                {
                    each.BootstrapServers = bootstrapServers;
                    each.Topic = "ours-" + Guid.NewGuid().ToString("n");
                    each.PartitionCount = 1;
                }));
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public Task SendAsync(byte[] message) => _stream.OnNextAsync(message);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
