using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Metadata;
using Streaming.Kafka.Partitions;

namespace Streaming.Kafka;

/// <summary>Configures streams on Kafka in a silo. The extension methods of persistent streams apply too, such as <c>ConfigureStreamPubSub</c>.</summary>
public sealed class SiloKafkaStreamConfigurator : SiloPersistentStreamConfigurator
{
    /// <summary>The agent's timer matters only while a stream's subscribers are looked up, when its whole queue waits, and after a failure; else it waits for messages.</summary>
    private static readonly TimeSpan AgentPeriod = TimeSpan.FromMilliseconds(10);

    internal SiloKafkaStreamConfigurator(string name, Action<Action<IServiceCollection>> configureServices)
        : base(name, configureServices, KafkaAdapterFactory.Create)
    {
        this.ConfigurePullingAgent(options => options.Configure(agent => agent.GetQueueMsgsTimerPeriod = AgentPeriod));
        this.ConfigurePartitionBalancing((services, provider) => new PartitionQueueBalancer(
            services, services.GetRequiredKeyedService<IKafkaPartitionOwners>(provider), services.GetRequiredService<ILogger<PartitionQueueBalancer>>()));
        ConfigureDelegate(services =>
        {
            services.AddMetrics();
            services.TryAddKeyedSingleton<IKafkaPartitioner, HashPartitioner>(name);
            services.TryAddKeyedSingleton<IKafkaPartitionOwners>(name, (provider, _) => new SpreadPartitionOwners(
                name,
                provider.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name).PartitionCount,
                provider.GetRequiredService<IClusterManifestProvider>(),
                provider.GetRequiredService<IClusterMembershipService>()));
            services.AddSingleton<IGrainPropertiesProvider>(provider => new ProviderMark(
                name, provider.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name)));
            services.AddTransient<IConfigurationValidator>(provider => new KafkaStreamOptionsValidator(
                name,
                provider.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name),
                provider.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(name)));
        });
    }

    /// <summary>Sets the options.</summary>
    public SiloKafkaStreamConfigurator ConfigureKafka(Action<OptionsBuilder<KafkaStreamOptions>> configureOptions)
    {
        this.Configure(configureOptions);
        return this;
    }

    /// <summary>Chooses which partition carries a stream. Default: a stable hash. Clients must choose the same.</summary>
    public SiloKafkaStreamConfigurator UsePartitioner(Func<IServiceProvider, IKafkaPartitioner> create)
    {
        ConfigureDelegate(services => services.Replace(ServiceDescriptor.KeyedSingleton(Name, (provider, _) => create(provider))));
        return this;
    }

    /// <summary>Chooses which silo reads each partition. Default: an even spread over the silos that have this provider.</summary>
    public SiloKafkaStreamConfigurator UsePartitionOwners(Func<IServiceProvider, IKafkaPartitionOwners> create)
    {
        ConfigureDelegate(services => services.Replace(ServiceDescriptor.KeyedSingleton(Name, (provider, _) => create(provider))));
        return this;
    }
}
