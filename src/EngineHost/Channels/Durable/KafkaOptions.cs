using System.ComponentModel.DataAnnotations;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>The Kafka that durable channels use. Configured under <c>BlueEdge:Kafka</c>.</summary>
public sealed class KafkaOptions
{
    /// <summary>Host and port of one or more brokers, separated by commas. Without, channels are direct.</summary>
    public string BootstrapServers { get; set; } = "";

    // The former names stand before those of today, so that these are read after them.

    /// <summary>The former name of <see cref="MailboxTopic"/>, which is the same setting; where both are given, that one holds.</summary>
    public string InboxTopic
    {
        get => MailboxTopic;
        set => MailboxTopic = value;
    }

    /// <summary>The former name of <see cref="MailboxPartitions"/>, which is the same setting; where both are given, that one holds.</summary>
    public int InboxPartitions
    {
        get => MailboxPartitions;
        set => MailboxPartitions = value;
    }

    /// <summary>
    /// The topic of the mailboxes, which two clusters must not share; <c>blueedge-inboxes</c> by default, with the cluster's ServiceId in
    /// the place of the first word. It is made where it is missing.
    /// </summary>
    [Required]
    public string MailboxTopic { get; set; } = "blueedge-inboxes";

    /// <summary>Partitions of that topic: at most so many processes run engines at once. 64 by default; it cannot be changed for a topic that is there.</summary>
    [Range(1, 10_000)]
    public int MailboxPartitions { get; set; } = 64;

    /// <summary>Further settings of every Kafka client under their own names, such as <c>security.protocol</c> and <c>sasl.username</c>.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
