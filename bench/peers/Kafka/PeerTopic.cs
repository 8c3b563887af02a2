using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace BlueEdge.KafkaPeer;

/// <summary>A topic as that of the mailboxes is, and its clients, which are as safe and as patient as BlueEdge's.</summary>
internal sealed class PeerTopic(string bootstrapServers, string name)
{
    private const int Partitions = 4;
    private const int LargestMessage = 4 * 1024 * 1024;

    public static int Parse(string partition) => int.Parse(partition, CultureInfo.InvariantCulture);

    public TopicPartition Partition(int number) => new(name, number);

    /// <summary>Makes the topic, unless another process was first.</summary>
    public async Task EnsureAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["max.message.bytes"] = $"{LargestMessage + (64 * 1024)}",
            ["retention.ms"] = "3600000",
        };
        try
        {
            await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = Partitions, Configs = settings }]);
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(result => result.Error.Code is Confluent.Kafka.ErrorCode.TopicAlreadyExists))
        {
            // Then it is as good.
        }
    }

    public IProducer<Null, byte[]> CreateProducer() => new ProducerBuilder<Null, byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = 3,
        BatchSize = 256 * 1024,
        MessageMaxBytes = LargestMessage,
        QueueBufferingMaxMessages = 10_000_000,
        QueueBufferingMaxKbytes = 1_000_000,
    }).Build();

    /// <summary>Reads a partition from its beginning, on a thread of its own. What goes wrong there ends the process.</summary>
    public void ReadOnThread(int partition, Action<byte[]> take) => new Thread(() => Read(partition, take)) { IsBackground = true }.Start();

    private void Read(int partition, Action<byte[]> take)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = name,
            EnableAutoCommit = false,
            FetchWaitMaxMs = 50,
            CheckCrcs = false,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(Partition(partition), 0));
        while (true)
        {
            take(consumer.Consume().Message.Value);
        }
    }
}
