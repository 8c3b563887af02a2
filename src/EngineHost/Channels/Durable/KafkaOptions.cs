using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Channels.Durable;

/// <summary>The Kafka that durable channels use. Configured under <c>BlueEdge:Kafka</c>.</summary>
public sealed class KafkaOptions
{
    /// <summary>Host and port of one or more brokers, separated by commas. Without, channels are direct.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>
    /// The topic of the inboxes, which two clusters must not share; <c>blueedge-inboxes</c> by default, with the cluster's ServiceId in
    /// the place of the first word. It is made where it is missing.
    /// </summary>
    [Required]
    public string InboxTopic { get; set; } = "blueedge-inboxes";

    /// <summary>Partitions of that topic: at most so many processes run engines at once. 64 by default; it cannot be changed for a topic that is there.</summary>
    [Range(1, 10_000)]
    public int InboxPartitions { get; set; } = 64;

    /// <summary>Further settings of every Kafka client under their own names, such as <c>security.protocol</c> and <c>sasl.username</c>.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
