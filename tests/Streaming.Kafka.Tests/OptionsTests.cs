namespace Streaming.Kafka;

public sealed class OptionsTests
{
    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new KafkaStreamOptions
        {
            Topic = "a topic",
            PartitionCount = 0,
            BatchBytes = 900_000,
            CacheBytes = 1,
            Linger = TimeSpan.FromSeconds(2),
        };

        var error = Assert.Throws<OrleansConfigurationException>(
            () => new KafkaStreamOptionsValidator("events", options, new() { BatchContainerBatchSize = 10 }).ValidateConfiguration());

        Assert.All(
            ["'events'", "BootstrapServers is missing", "'a topic'", "PartitionCount", "BatchBytes", "CacheBytes", "Linger", "BatchContainerBatchSize"],
            text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_need_a_broker_and_a_topic_only() =>
        new KafkaStreamOptionsValidator("events", new() { BootstrapServers = "localhost", Topic = "events" }, new()).ValidateConfiguration();
}
