using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka;

/// <summary>Metrics of a part that is tested without its silo.</summary>
internal static class Meters
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public static KafkaStreamMetrics Of(string provider) => new(provider, Services.GetRequiredService<IMeterFactory>());
}
