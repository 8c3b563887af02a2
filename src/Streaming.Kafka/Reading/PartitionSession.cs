using Streaming.Kafka.Caching;
using Streaming.Kafka.Checkpoints;

namespace Streaming.Kafka.Reading;

/// <summary>One partition while this silo owns it.</summary>
internal sealed record PartitionSession(PartitionReader Reader, KafkaQueueCache Cache, CheckpointLoad Load, CheckpointWriter Checkpoints);
