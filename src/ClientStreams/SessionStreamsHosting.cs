using BlueEdge.ClientStreams;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Serialization;
using Streaming.Kafka;

namespace BlueEdge;

/// <summary>Has a .NET process that is a client of a cluster hear what happens to all its sessions.</summary>
public static class SessionStreamsHosting
{
    /// <summary>
    /// Adds the provider of the <see cref="SessionStreams"/> to the client that <see cref="ClientHosting"/> adds, to subscribe to it as to any
    /// Orleans stream: <c>client.GetStreamProvider(SessionStreams.Provider)</c>. It needs no way to Kafka, but the cluster's core silos one:
    /// where they have none nothing is ever heard.
    /// </summary>
    public static IServiceCollection AddSessionStream(this IServiceCollection services)
    {
        // Events come in its containers; the client of Kafka that it brings is never loaded.
        services.AddSerializer(serializer => serializer.AddAssembly(typeof(KafkaStreamOptions).Assembly));
        return services.AddOrleansClient(client => client.AddPersistentStreams(SessionStreams.Provider, (_, name) => new SubscribingAdapterFactory(name), _ => { }));
    }
}
