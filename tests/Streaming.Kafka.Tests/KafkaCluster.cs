using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.TestingHost;
using Streaming.Kafka.Reading;

namespace Streaming.Kafka;

/// <summary>Silos and a client with a provider of their own topic, whose streams are in partition 0 unless a test says otherwise.</summary>
internal sealed class KafkaCluster(string bootstrapServers) : IAsyncDisposable
{
    private InProcessTestCluster? _cluster;

    public string Provider { get; init; } = "kafka";

    public string Topic { get; init; } = "t-" + Guid.NewGuid().ToString("n");

    public int Silos { get; init; } = 1;

    public Action<KafkaStreamOptions> Configure { get; init; } = _ => { };

    public Action<SiloKafkaStreamConfigurator> ConfigureSilo { get; init; } = _ => { };

    public InProcessTestCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    public async Task<KafkaCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)Silos);
        builder.Options.AssumeHomogenousSilosForTesting = false;
        builder.ConfigureSilo((_, silo) => silo.AddKafkaStreams(Provider, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigureKafka(options => options.Configure(SetOptions));
            ConfigureSilo(streams);
        }));
        builder.ConfigureClient(client => client.AddKafkaStreams(Provider, SetOptions));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    public IAsyncStream<ReadOnlyMemory<byte>> Inbox(string key) =>
        Running.Client.GetStreamProvider(Provider).GetStream<ReadOnlyMemory<byte>>(StreamId.Create(InboxGrain.Namespace, key));

    /// <summary>Writes numbered events, without waiting for one before the next.</summary>
    public Task WriteAsync(string key, long from, int count, int size = 8)
    {
        var inbox = Inbox(key);
        return Task.WhenAll(Enumerable.Range(0, count).Select(i => inbox.OnNextAsync(InboxProbe.Event(from + i, size))));
    }

    /// <summary>What a silo knows of a partition that it owns, or null.</summary>
    public PartitionSession? Session(int silo, int partition) =>
        Running.Silos[silo].ServiceProvider.GetRequiredKeyedService<IQueueAdapterFactory>(Provider) is KafkaAdapterFactory factory
            ? factory.FindSession(partition)
            : null;

    private void SetOptions(KafkaStreamOptions options)
    {
        options.BootstrapServers = bootstrapServers;
        options.Topic = Topic;
        options.PartitionCount = 1;
        options.Group = "test";
        Configure(options);
    }
}
