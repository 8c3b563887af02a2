using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Streaming.Kafka.Partitions;

namespace Streaming.Kafka;

/// <summary>Configures streams on Kafka in a client.</summary>
public sealed class ClientKafkaStreamConfigurator : ClusterClientPersistentStreamConfigurator
{
    internal ClientKafkaStreamConfigurator(string name, IClientBuilder builder)
        : base(name, builder, KafkaAdapterFactory.Create) =>
        ConfigureDelegate(services =>
        {
            services.AddMetrics();
            services.TryAddKeyedSingleton<IKafkaPartitioner, HashPartitioner>(name);
            services.AddTransient<IConfigurationValidator>(provider => new KafkaStreamOptionsValidator(
                name, provider.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name), agent: null));
        });

    /// <summary>Sets the options.</summary>
    public ClientKafkaStreamConfigurator ConfigureKafka(Action<OptionsBuilder<KafkaStreamOptions>> configureOptions)
    {
        this.Configure(configureOptions);
        return this;
    }

    /// <summary>Chooses which partition carries a stream. Default: a stable hash. Silos must choose the same.</summary>
    public ClientKafkaStreamConfigurator UsePartitioner(Func<IServiceProvider, IKafkaPartitioner> create)
    {
        ConfigureDelegate(services => services.Replace(ServiceDescriptor.KeyedSingleton(Name, (provider, _) => create(provider))));
        return this;
    }
}
