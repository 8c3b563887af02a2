using Orleans.Metadata;
using Orleans.Streams;

namespace Streaming.Kafka.Partitions;

/// <summary>
/// Marks the grain types of a silo that hosts the provider and reads. A silo's manifest reaches all others, so that everyone knows who
/// can read: Orleans itself does not tell which silos host a stream provider.
/// </summary>
internal sealed class ProviderMark(string provider, KafkaStreamOptions options) : IGrainPropertiesProvider
{
    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        if (options.Direction != StreamProviderDirection.WriteOnly)
        {
            properties[Key(provider)] = "1";
        }
    }

    public static bool IsHosted(string provider, GrainManifest manifest) =>
        manifest.Grains.Values.Any(grain => grain.Properties.ContainsKey(Key(provider)));

    private static string Key(string provider) => $"kafka-streams.{provider}";
}
