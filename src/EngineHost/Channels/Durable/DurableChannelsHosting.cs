using BlueEdge.Clustering;
using BlueEdge.EngineHost.Channels.Direct;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Hosting;
using BlueEdge.Settings;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;
using Streaming.Kafka;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>Has a silo's engines exchange items through Kafka.</summary>
public static class DurableChannelsHosting
{
    private const string KafkaSection = "BlueEdge:Kafka";

    /// <summary>Largest messages of the mailbox topic, in bytes: payloads of more than the claim check's threshold are not in them.</summary>
    private const int LargestMessage = 4 * 1024 * 1024;

    /// <summary>What a message holds besides its payloads, in bytes.</summary>
    private const int Slack = 64 * 1024;

    /// <summary>
    /// Items a reader has room for unless configured: so many as pass while an item is under way and its reader is asked for
    /// more room, at the rate that the Kafka client has with items of 1 KB.
    /// </summary>
    private const int WindowItems = 1024;

    /// <summary>How long messages stay: longer than any broker or process is away and comes back, in ms.</summary>
    private const string Retention = "3600000";

    /// <summary>How items are to get from host to host.</summary>
    internal static ChannelTransport TransportOf(IConfiguration configuration)
    {
        var kafka = configuration.ReadSettings<KafkaOptions>(KafkaSection);
        var channels = configuration.ReadSettings<ChannelOptions>(ChannelOptions.Section);
        return channels.Transport ?? (kafka.BootstrapServers.Length > 0 ? ChannelTransport.Durable : ChannelTransport.Direct);
    }

    /// <summary>
    /// Adds durable channels where <c>BlueEdge:Channels:Transport</c> asks for them, or says nothing and
    /// <c>BlueEdge:Kafka:BootstrapServers</c> is set. To be called before engines are added.
    /// </summary>
    public static ISiloBuilder AddDurableChannels(this ISiloBuilder silo)
    {
        // Both are options too, later.
        if (TransportOf(silo.Configuration) is ChannelTransport.Direct)
        {
            return silo;
        }

        var services = silo.Services;
        services.AddOptions<KafkaOptions>().Configure<IOptions<ClusterOptions>>((options, cluster) => options.MailboxTopic = TopicNames.Of(cluster.Value.ServiceId, "inboxes"));
        services.AddSettings<KafkaOptions>(KafkaSection)
            .Validate(options => options.BootstrapServers.Length > 0, "BlueEdge:Channels:Transport is Durable and BlueEdge:Kafka:BootstrapServers is not set.")
            .Validate<IOptions<ChannelOptions>>(
                (_, channels) => channels.Value.ClaimCheckBytes <= LargestMessage - Slack,
                $"BlueEdge:Channels:ClaimCheckBytes is more than durable channels carry: set it to {LargestMessage - Slack} or less.");

        // Before the configuration is read, which may say otherwise.
        services.Configure<EngineHostOptions>(options => options.WindowItems = WindowItems);
        services.AddSingleton<IStartNeed, KafkaNeed>();
        services.AddSingleton<MailboxLeases>();
        services.AddSingleton<MailboxPartitions>();
        services.AddSingleton<MailboxCodec>();
        services.TryAddSingleton<DirectTransport>();
        services.AddSingleton<DurableTransport>();
        services.AddSingleton<IChannelTransport>(provider => provider.GetRequiredService<DurableTransport>());
        return silo.AddKafkaStreams(DurableTransport.StreamProvider, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.UsePartitioner(provider => provider.GetRequiredService<MailboxPartitions>());
            streams.UsePartitionOwners(provider => provider.GetRequiredService<MailboxPartitions>());
            streams.ConfigureKafka(options => options.Configure<IOptions<KafkaOptions>, ILocalSiloDetails>(Configure));
        });
    }

    private static void Configure(KafkaStreamOptions streams, IOptions<KafkaOptions> options, ILocalSiloDetails silo)
    {
        var kafka = options.Value;
        streams.BootstrapServers = kafka.BootstrapServers;
        streams.Topic = kafka.MailboxTopic;
        streams.PartitionCount = kafka.MailboxPartitions;
        streams.MaxMessageBytes = LargestMessage;
        streams.TopicSettings["max.message.bytes"] = $"{LargestMessage + Slack}";
        streams.TopicSettings["retention.ms"] = Retention;

        // What was written for processes before this one is for nobody: each reads from where it begins.
        streams.Group = silo.SiloAddress.ToParsableString();
        streams.Start = AutoOffsetReset.Latest;
        streams.DeadLetterUnclaimed = false;
        foreach (var (name, value) in kafka.Settings)
        {
            streams.Client.Set(name, value);
        }
    }
}
