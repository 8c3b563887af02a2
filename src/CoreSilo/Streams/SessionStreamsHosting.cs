using BlueEdge.Settings;

namespace BlueEdge.CoreSilo.Streams;

/// <summary>Has a core silo write what happens to its sessions to a stream on Kafka.</summary>
internal static class SessionStreamsHosting
{
    /// <summary>
    /// Adds it where <c>BlueEdge:Kafka:BootstrapServers</c> says where Kafka is. Without, nothing of Kafka's client is loaded: what names its
    /// types is <see cref="KafkaSessionStream"/> alone.
    /// </summary>
    public static void AddSessionStream(this ISiloBuilder silo)
    {
        if (silo.Configuration.ReadSettings<KafkaAddressOptions>(KafkaAddressOptions.Section).BootstrapServers.Length > 0)
        {
            KafkaSessionStream.AddTo(silo);
        }
    }
}
