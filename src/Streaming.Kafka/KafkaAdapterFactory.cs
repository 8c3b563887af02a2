using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;
using Streaming.Kafka.Caching;
using Streaming.Kafka.Checkpoints;
using Streaming.Kafka.DeadLetters;
using Streaming.Kafka.Partitions;
using Streaming.Kafka.Producing;
using Streaming.Kafka.Reading;
using Streaming.Kafka.Telemetry;
using Streaming.Kafka.Topics;

namespace Streaming.Kafka;

/// <summary>Makes the parts of one provider, which share one producer and one consumer a process.</summary>
internal sealed class KafkaAdapterFactory : IQueueAdapterFactory, IQueueAdapterCache, IDisposable
{
    private readonly string _name;
    private readonly KafkaStreamOptions _options;
    private readonly StreamPullingAgentOptions _agent;
    private readonly string _group;
    private readonly ILoggerFactory _logs;
    private readonly Serializer _serializer;
    private readonly TimeProvider _clock;
    private readonly string _process;
    private readonly PartitionQueueMapper _mapper;
    private readonly KafkaStreamMetrics _metrics;
    private readonly KafkaProducer _producer;
    private readonly Publisher _publisher;
    private readonly ConsumerLoop _loop;
    private readonly DeadLetterWriter _deadLetters;
    private readonly TopicGate _topics;
    private readonly ConcurrentDictionary<int, PartitionSession> _sessions = [];
    private int _sessionCount;

    private KafkaAdapterFactory(IServiceProvider services, string name)
    {
        _name = name;
        _options = services.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name);
        _agent = services.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(name);
        _group = _options.Group ?? services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
        _logs = services.GetRequiredService<ILoggerFactory>();
        _serializer = services.GetRequiredService<Serializer>();
        _clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _process = services.GetService<ILocalSiloDetails>()?.SiloAddress.ToParsableString() ?? "client";
        _mapper = new(name, _options.PartitionCount, services.GetRequiredKeyedService<IKafkaPartitioner>(name));
        _metrics = new(name, services.GetRequiredService<IMeterFactory>());
        _producer = new(_options, _metrics, _logs.CreateLogger<KafkaProducer>());
        _publisher = new(_options, _producer, _metrics, _clock);
        _loop = new(_options, _group, _metrics, _logs.CreateLogger<ConsumerLoop>());
        _topics = new(_options, new(_options, _clock, _logs.CreateLogger<TopicSetup>()), _clock, _logs.CreateLogger<TopicGate>());
        _deadLetters = new(_options, _producer, _metrics, _clock, _logs.CreateLogger<DeadLetterWriter>());
    }

    public static KafkaAdapterFactory Create(IServiceProvider services, string name) => new(services, name);

    [Obsolete("Orleans calls the overload with a token.")]
    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        await _topics.OpenAsync(cancellationToken);
        return new KafkaAdapter(_name, _options, _mapper, _topics, _publisher, CreateReceiver, _serializer);
    }

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new DeadLetterHandler(() => FindSession(PartitionQueueMapper.PartitionOf(queueId)), _deadLetters, _agent.MaxEventDeliveryTime));

    /// <summary>Begins a session with the partition: the agent makes the cache first, then the receiver.</summary>
    public IQueueCache CreateQueueCache(QueueId queueId)
    {
        var partition = PartitionQueueMapper.PartitionOf(queueId);
        var reader = new PartitionReader(partition, _options, new(_serializer), _clock);
        var cache = new KafkaQueueCache(_options, reader, _loop, _deadLetters, _metrics);
        var load = new CheckpointLoad(_group);
        var owner = string.Create(CultureInfo.InvariantCulture, $"{_group}/{_process}/{Interlocked.Increment(ref _sessionCount)}");
        var checkpoints = new CheckpointWriter(owner, partition, _options, _producer, load, _clock, _logs.CreateLogger<CheckpointWriter>());
        _sessions[partition] = new(reader, cache, load, checkpoints);
        return cache;
    }

    /// <summary>A partition that this process owns, or null.</summary>
    internal PartitionSession? FindSession(int partition) => _sessions.GetValueOrDefault(partition);

    public void Dispose()
    {
        _topics.Dispose();
        _loop.Dispose();
        _publisher.Dispose();
        _producer.Dispose();
    }

    private KafkaReceiver CreateReceiver(QueueId queueId)
    {
        var partition = PartitionQueueMapper.PartitionOf(queueId);
        var session = _sessions[partition];
        return new(session, _topics, _loop, _metrics, () => _sessions.TryRemove(new(partition, session)));
    }
}
