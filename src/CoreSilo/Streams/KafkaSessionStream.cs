using BlueEdge.Clustering;
using BlueEdge.Grains.Sessions.Streams;
using BlueEdge.Sessions.Events;
using BlueEdge.Settings;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;
using Streaming.Kafka;

namespace BlueEdge.CoreSilo.Streams;

/// <summary>The <see cref="SessionStreams"/> as a core silo with a Kafka has it: alone in a topic of one partition, so that its offsets follow one another.</summary>
internal static class KafkaSessionStream
{
    /// <summary>
    /// How long a delivery is tried. A subscriber that is away holds up the others no longer where another silo begins to read the topic, which
    /// first asks each subscriber where it is.
    /// </summary>
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long events stay, in ms: as sessions do by default, a day.</summary>
    private const string Retention = "86400000";

    /// <summary>What is kept in memory for subscribers, in bytes.</summary>
    private const int CacheBytes = 4 * 1024 * 1024;

    /// <summary>How long the broker holds a request for more. It answers at once where there is more: shorter would be work for nothing.</summary>
    private const int IdleFetchMs = 500;

    public static void AddTo(ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSharedSettings<KafkaAddressOptions>(KafkaAddressOptions.Section);
        services.AddSessionStreamWriter();
        services.AddSingleton(provider => new SessionStreamOutlet(events => provider.GetRequiredService<IClusterClient>()
            .GetStreamProvider(SessionStreams.Provider).GetStream<SessionStreamEvent>(StreamId.Create(SessionStreams.Namespace, SessionStreams.Key)).OnNextBatchAsync(events)));

        // Who subscribes.
        services.AddKeyedSingleton(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME, (provider, _) =>
            provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        silo.AddKafkaStreams(SessionStreams.Provider, streams =>
        {
            streams.ConfigurePullingAgent(options => options.Configure(agent => agent.MaxEventDeliveryTime = DeliveryPatience));
            streams.ConfigureKafka(options => options.Configure<IOptions<KafkaAddressOptions>, IOptions<ClusterOptions>>(Configure));
        });
    }

    private static void Configure(KafkaStreamOptions streams, IOptions<KafkaAddressOptions> kafka, IOptions<ClusterOptions> cluster)
    {
        streams.BootstrapServers = kafka.Value.BootstrapServers;
        streams.Topic = TopicNames.Of(cluster.Value.ServiceId, "session-events");
        streams.PartitionCount = 1;

        // Sessions do without.
        streams.StartsWithoutBrokers = true;
        streams.TopicSettings["retention.ms"] = Retention;
        streams.CacheBytes = CacheBytes;
        streams.ConfigureConsumer = consumer => consumer.FetchWaitMaxMs = IdleFetchMs;

        // Who subscribes later reads from the topic.
        streams.DeadLetterUnclaimed = false;
        foreach (var (name, value) in kafka.Value.Settings)
        {
            streams.Client.Set(name, value);
        }
    }
}
