namespace Streaming.Kafka;

/// <summary>Adds streams on Kafka to silos and clients.</summary>
public static class KafkaStreamHosting
{
    /// <summary>Adds a stream provider that reads and writes a topic, with queues spread over the silos that have it.</summary>
    public static ISiloBuilder AddKafkaStreams(this ISiloBuilder builder, string name, Action<KafkaStreamOptions> configureOptions) =>
        builder.AddKafkaStreams(name, streams => streams.ConfigureKafka(options => options.Configure(configureOptions)));

    /// <summary>Adds a stream provider that reads and writes a topic.</summary>
    public static ISiloBuilder AddKafkaStreams(this ISiloBuilder builder, string name, Action<SiloKafkaStreamConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(new(name, configureServices => builder.ConfigureServices(configureServices)));
        return builder;
    }

    /// <summary>Adds a stream provider to a client, which writes.</summary>
    public static IClientBuilder AddKafkaStreams(this IClientBuilder builder, string name, Action<KafkaStreamOptions> configureOptions) =>
        builder.AddKafkaStreams(name, streams => streams.ConfigureKafka(options => options.Configure(configureOptions)));

    /// <summary>Adds a stream provider to a client, which writes.</summary>
    public static IClientBuilder AddKafkaStreams(this IClientBuilder builder, string name, Action<ClientKafkaStreamConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(new(name, builder));
        return builder;
    }
}
