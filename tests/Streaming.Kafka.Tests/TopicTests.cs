using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Streaming.Kafka;

public sealed class TopicTests(SharedBroker broker)
{
    [Fact]
    public async Task A_topic_with_another_partition_count_is_refused_with_both_counts_and_a_remedy()
    {
        var topic = "t-" + Guid.NewGuid().ToString("n");
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 3 }]);
        await using var cluster = new KafkaCluster(broker.BootstrapServers) { Topic = topic, Configure = options => options.PartitionCount = 4 };

        var error = await Assert.ThrowsAnyAsync<Exception>(cluster.StartAsync);

        Assert.Contains($"Topic '{topic}' has 3 partitions, and the options say 4. Set PartitionCount to 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_are_created_with_what_the_options_say()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Configure = options =>
            {
                options.PartitionCount = 5;
                options.TopicSettings["retention.ms"] = "3600000";
            },
        }.StartAsync();

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        var topics = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([cluster.Topic, cluster.Topic + ".checkpoints", cluster.Topic + ".dead-letters"]));
        Assert.Equal([5, 5, 1], topics.TopicDescriptions.Select(topic => topic.Partitions.Count));
        Assert.Equal(("3600000", "1001024"), (await ValueAsync(cluster.Topic, "retention.ms"), await ValueAsync(cluster.Topic, "max.message.bytes")));
        Assert.Equal("compact", await ValueAsync(cluster.Topic + ".checkpoints", "cleanup.policy"));

        async Task<string> ValueAsync(string topic, string name) =>
            (await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Topic, Name = topic }]))[0].Entries[name].Value;
    }

    [Fact]
    public async Task Without_a_broker_the_start_fails_and_says_where_it_looked()
    {
        await using var cluster = new KafkaCluster("127.0.0.1:1") { Configure = options => options.StartTimeout = TimeSpan.FromSeconds(1) };

        var error = await Assert.ThrowsAnyAsync<Exception>(cluster.StartAsync);

        Assert.Contains("The topics at '127.0.0.1:1' were not ready within 00:00:01", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_does_without_a_broker_goes_on_and_writes_fail_until_there_is_one()
    {
        await using var cluster = await new KafkaCluster("127.0.0.1:1") { Configure = options => options.StartsWithoutBrokers = true }.StartAsync();

        var error = await Assert.ThrowsAsync<KafkaStreamException>(() => cluster.WriteAsync("key", from: 0, count: 1));

        Assert.Contains("The topics at '127.0.0.1:1' are not ready yet.", error.Message, StringComparison.Ordinal);
    }
}
