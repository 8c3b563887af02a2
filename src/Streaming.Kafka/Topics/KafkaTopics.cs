using Microsoft.Extensions.Logging;
using Streaming.Kafka.Topics;

namespace Streaming.Kafka;

/// <summary>
/// The topics of a stream provider. A start with it waits for them for <see cref="KafkaStreamOptions.StartTimeout"/> and then fails; a
/// process that would rather wait, and say what for, asks here before it starts.
/// </summary>
public static class KafkaTopics
{
    /// <summary>Creates the topics that are missing, as the start does.</summary>
    /// <param name="options">The provider's.</param>
    /// <param name="patience">How long a broker may take for each answer.</param>
    /// <param name="logs">Where it logs what it created.</param>
    /// <returns>What is not ready yet, as a sentence, or <see langword="null"/> where a start will find all.</returns>
    /// <exception cref="KafkaStreamException">A topic has another number of partitions than the options say.</exception>
    public static Task<string?> TryEnsureAsync(KafkaStreamOptions options, TimeSpan patience, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TopicSetup(options, TimeProvider.System, logs.CreateLogger<TopicSetup>()).TryEnsureAsync(patience);
    }
}
