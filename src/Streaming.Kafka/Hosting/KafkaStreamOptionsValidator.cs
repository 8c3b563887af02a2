using System.Text.RegularExpressions;
using Orleans.Configuration;

namespace Streaming.Kafka;

/// <summary>Refuses options that cannot work, with all faults in one message.</summary>
internal sealed partial class KafkaStreamOptionsValidator(string name, KafkaStreamOptions options, StreamPullingAgentOptions? agent)
    : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
        {
            throw new OrleansConfigurationException($"The Kafka streams '{name}' are not configured well: {string.Join(' ', faults)}");
        }
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(options.BootstrapServers))
        {
            yield return "BootstrapServers is missing: name at least one broker, such as 'localhost:9092'.";
        }

        foreach (var (option, topic) in (IEnumerable<(string, string?)>)
        [
            ("Topic", options.Topic), ("CheckpointTopic", options.CheckpointTopic), ("DeadLetterTopic", options.DeadLetterTopic),
        ])
        {
            if (topic is not null && (topic is "." or ".." || !TopicName().IsMatch(topic)))
            {
                yield return $"{option} '{topic}' is no topic's name: it has 1 to 249 letters, digits, '.', '_' and '-'.";
            }
        }

        foreach (var (isGood, fault) in (IEnumerable<(bool, string)>)
        [
            (options.PartitionCount >= 1, "PartitionCount must be at least 1."),
            (options.ReplicationFactor is -1 or >= 1, "ReplicationFactor must be at least 1, or -1 for the broker's default."),
            (options.Linger >= TimeSpan.Zero && options.Linger <= TimeSpan.FromSeconds(1), "Linger must be between 0 and 1 s."),
            (options.MaxMessageBytes is >= 1024 and <= 1_000_000_000, "MaxMessageBytes must be between 1,024 and 1,000,000,000."),
            (options.BatchBytes >= 1 && options.BatchBytes <= options.MaxMessageBytes / 2, "BatchBytes must be between 1 and half of MaxMessageBytes."),
            (options.MaxPendingBytes >= options.MaxMessageBytes, "MaxPendingBytes must be at least MaxMessageBytes."),
            (options.CacheBytes >= 2L * options.MaxMessageBytes, "CacheBytes must be at least twice MaxMessageBytes."),
            (options.DeliveryTimeout > options.Linger, "DeliveryTimeout must be longer than Linger."),
            (options.CheckpointInterval >= TimeSpan.Zero, "CheckpointInterval must not be negative."),
            (options.StartTimeout > TimeSpan.Zero, "StartTimeout must be longer than 0."),
            (agent is not { BatchContainerBatchSize: > 1 }, "BatchContainerBatchSize of the pulling agent must be 1: containers already hold many events, and only so progress is known exactly."),
        ])
        {
            if (!isGood)
            {
                yield return fault;
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$", RegexOptions.NonBacktracking)]
    private static partial Regex TopicName();
}
