using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Streaming.Kafka;

/// <summary>The client alone: a producer as safe and as patient as the provider's, a thread that consumes.</summary>
internal sealed class RawSubject : ISubject, IAsyncDisposable
{
    private readonly string _topic = "raw-" + Guid.NewGuid().ToString("n");
    private readonly IProducer<Null, byte[]> _producer;
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly Thread _thread;
    private volatile bool _isEnded;

    private RawSubject(string bootstrapServers)
    {
        _producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = StreamsSubject.Options.Linger.TotalMilliseconds,
            BatchSize = 256 * 1024,
            QueueBufferingMaxMessages = 10_000_000,
            QueueBufferingMaxKbytes = 1_000_000,
        }).Build();
        _consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "raw",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 50,
            CheckCrcs = false,
        }).Build();
        _thread = new(Consume) { IsBackground = true };
    }

    public Arrivals Arrivals { get; } = new();

    public static async Task<RawSubject> StartAsync(string bootstrapServers)
    {
        var subject = new RawSubject(bootstrapServers);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = subject._topic, NumPartitions = 1 }]);
        subject._consumer.Assign(new TopicPartitionOffset(subject._topic, 0, 0));
        subject._thread.Start();
        return subject;
    }

    public Task SendAsync(byte[] message)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _producer.Produce(new TopicPartition(_topic, 0), new() { Value = message }, report =>
        {
            if (report.Error.IsError)
            {
                done.SetException(new KafkaException(report.Error));
            }
            else
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    public ValueTask DisposeAsync()
    {
        _isEnded = true;
        _thread.Join();
        _producer.Dispose();
        _consumer.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Consume()
    {
        while (!_isEnded)
        {
            if (_consumer.Consume(10) is { } result)
            {
                Arrivals.Add(result.Message.Value);
            }
        }
    }
}
