namespace BlueEdge.CoreSilo.Streams;

/// <summary>Where the cluster's Kafka is: of <c>BlueEdge:Kafka</c>, what all its clients need.</summary>
internal sealed class KafkaAddressOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Kafka";

    /// <summary>Host and port of one or more brokers, separated by commas. Without, there is no stream.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Further settings of the client under their own names.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
