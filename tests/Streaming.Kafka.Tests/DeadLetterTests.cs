using System.Text;
using Confluent.Kafka;
using Streaming.Kafka.Messages;

namespace Streaming.Kafka;

public sealed class DeadLetterTests(SharedBroker broker)
{
    [Fact]
    public async Task An_event_that_no_try_delivers_becomes_a_dead_letter_and_later_ones_go_on()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Configure = options => options.BatchBytes = 1,
            ConfigureSilo = streams => streams.ConfigurePullingAgent(agent => agent.Configure(each => each.MaxEventDeliveryTime = TimeSpan.FromSeconds(1))),
        }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);
        probe.Before = numbers => numbers.Contains(3) ? throw new InvalidOperationException("Never.") : Task.CompletedTask;

        await cluster.WriteAsync(cluster.Topic, 0, 6);

        var received = await probe.TakeAsync(5);
        Assert.Equal([0, 1, 2, 4, 5], received.Select(each => each.Number));
        var letter = Read(cluster.Topic);
        Assert.Equal(3, InboxProbe.NumberOf(letter.Message.Value));
        Assert.Equal($"inbox/{cluster.Topic}", Header(letter, DeadLetterHeaders.Stream));
        Assert.Equal(cluster.Topic, Header(letter, DeadLetterHeaders.Topic));
        Assert.Equal("0", Header(letter, DeadLetterHeaders.Partition));
        Assert.Equal("3", Header(letter, DeadLetterHeaders.Offset));
        Assert.Equal("failed", Header(letter, DeadLetterHeaders.Reason));
        Assert.Contains("did not take it within 00:00:01", Header(letter, DeadLetterHeaders.Error), StringComparison.Ordinal);
        Assert.True(letter.Message.Headers.TryGetLastBytes(Envelope.Header, out _), "The envelope is there, so that it can be written again.");
    }

    [Fact]
    public async Task An_event_without_a_subscriber_becomes_a_dead_letter()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        var stream = cluster.Running.Client.GetStreamProvider(cluster.Provider).GetStream<byte[]>(StreamId.Create("nobody", "here"));

        await stream.OnNextAsync([1, 2, 3]);

        var letter = Read(cluster.Topic);
        Assert.Equal([1, 2, 3], letter.Message.Value);
        Assert.Equal("nobody/here", Header(letter, DeadLetterHeaders.Stream));
        Assert.Equal("unclaimed", Header(letter, DeadLetterHeaders.Reason));
    }

    [Fact]
    public async Task A_foreign_message_becomes_a_dead_letter_and_later_ones_go_on()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        using (var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            await producer.ProduceAsync(new TopicPartition(cluster.Topic, 0), new() { Value = "not ours"u8.ToArray() }, TestContext.Current.CancellationToken);
        }

        await cluster.WriteAsync(cluster.Topic, 0, 1);

        await InboxProbe.Of(cluster.Topic).TakeAsync(1);
        var letter = Read(cluster.Topic);
        Assert.Equal("not ours", Encoding.UTF8.GetString(letter.Message.Value));
        Assert.Equal("unreadable", Header(letter, DeadLetterHeaders.Reason));
    }

    private static string Header(ConsumeResult<Ignore, byte[]> letter, string name) => Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes(name));

    private ConsumeResult<Ignore, byte[]> Read(string topic)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "test" }).Build();
        consumer.Assign(new TopicPartitionOffset(topic + ".dead-letters", 0, Offset.Beginning));
        var letter = consumer.Consume(InboxProbe.Patience);
        Assert.True(letter is not null, "There is no dead letter.");
        return letter;
    }
}
