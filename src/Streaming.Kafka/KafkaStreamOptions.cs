using Confluent.Kafka;
using Orleans.Streams;

namespace Streaming.Kafka;

/// <summary>Settings of one stream provider. Producers and consumers of a topic agree on its name, partition count and partitioner.</summary>
public sealed class KafkaStreamOptions
{
    /// <summary>Host and port of one or more brokers, separated by commas. Required.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>The topic that carries the events. Required. It is created where it is missing.</summary>
    public string Topic { get; set; } = "";

    /// <summary>How many partitions the topic has: each is one queue. Default 16. A topic with another count is refused.</summary>
    public int PartitionCount { get; set; } = 16;

    /// <summary>Replicas of the topics that are created. Default -1: what the broker has configured.</summary>
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>Further settings of the event topic when it is created, such as <c>retention.ms</c>.</summary>
    public IDictionary<string, string> TopicSettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where checkpoints are kept. Default: the topic's name and <c>.checkpoints</c>.</summary>
    public string? CheckpointTopic { get; set; }

    /// <summary>Where events go that could not be delivered. Default: the topic's name and <c>.dead-letters</c>.</summary>
    public string? DeadLetterTopic { get; set; }

    /// <summary>Whose checkpoints these are: two clusters that read one topic have two groups. Default: the cluster's service id.</summary>
    public string? Group { get; set; }

    /// <summary>Where reading starts when there is no checkpoint. Default: earliest.</summary>
    public AutoOffsetReset Start { get; set; } = AutoOffsetReset.Earliest;

    /// <summary>Whether this process produces, consumes, or both. Default: both. A silo that only produces hosts no queues.</summary>
    public StreamProviderDirection Direction { get; set; } = StreamProviderDirection.ReadWrite;

    /// <summary>How long the first event of a container waits for others. Default 3 ms; 0 sends each write at once.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>A container that has reached this many bytes is sent at once. Default 128 KiB.</summary>
    public int BatchBytes { get; set; } = 128 * 1024;

    /// <summary>The largest message, envelope included. Default 1,000,000 bytes, as brokers have it. A larger event fails.</summary>
    public int MaxMessageBytes { get; set; } = 1_000_000;

    /// <summary>Bytes written but not yet acknowledged beyond which writes wait. Default 64 MiB.</summary>
    public long MaxPendingBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long a write waits for the broker before it fails. Default 1 min.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The most bytes that one queue keeps in memory; its partition is paused before it keeps more. Default 32 MiB.</summary>
    public long CacheBytes { get; set; } = 32L * 1024 * 1024;

    /// <summary>The most often that a queue's progress is written. Default 1 s. What is redelivered after a crash is at least that much.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether events of a stream to which no grain is subscribed are kept as dead letters. Default true; else they are dropped and counted.</summary>
    public bool DeadLetterUnclaimed { get; set; } = true;

    /// <summary>How long a start waits for the broker. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a start goes on without the broker, for a process that does without these streams for a while; false by default. Until the
    /// topics are ready, which is tried again and again, writes fail at once and nothing is read.
    /// </summary>
    public bool StartsWithoutBrokers { get; set; }

    /// <summary>Settings of every Kafka client that is made: TLS, SASL and the rest are passed through.</summary>
    public ClientConfig Client { get; set; } = new();

    /// <summary>Changes the producer's settings. Acknowledgement by all replicas and idempotence stay on whatever it does.</summary>
    public Action<ProducerConfig>? ConfigureProducer { get; set; }

    /// <summary>Changes the consumer's settings. What the provider depends on stays as it is whatever it does.</summary>
    public Action<ConsumerConfig>? ConfigureConsumer { get; set; }

    internal string CheckpointTopicName => CheckpointTopic ?? Topic + ".checkpoints";

    internal string DeadLetterTopicName => DeadLetterTopic ?? Topic + ".dead-letters";
}
