using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Streaming.Kafka.Topics;

/// <summary>Creates the topics that are missing and refuses those that have another number of partitions.</summary>
internal sealed partial class TopicSetup(KafkaStreamOptions options, TimeProvider clock, ILogger<TopicSetup> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    /// <exception cref="KafkaStreamException">A topic does not fit, or no broker answered in time.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var error = await TryEnsureAsync(options.StartTimeout < LongestAnswer ? options.StartTimeout : LongestAnswer).ConfigureAwait(false);
            if (error is null)
            {
                return;
            }

            if (clock.GetElapsedTime(began) > options.StartTimeout)
            {
                throw new KafkaStreamException(
                    $"The topics at '{options.BootstrapServers}' were not ready within {options.StartTimeout}: {error} Check BootstrapServers, the brokers and the client's rights.",
                    new TimeoutException(error));
            }

            await Task.Delay(RetryDelay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tries once, and says what is not ready yet.</summary>
    /// <exception cref="KafkaStreamException">A topic does not fit.</exception>
    public async Task<string?> TryEnsureAsync(TimeSpan patience)
    {
        using var client = Connect();
        return await TryEnsureAsync(client, patience).ConfigureAwait(false);
    }

    private TopicClient Connect()
    {
        var config = new AdminClientConfig(new Dictionary<string, string>(options.Client, StringComparer.Ordinal))
        {
            BootstrapServers = options.BootstrapServers,
            AllowAutoCreateTopics = false,
        };
        var admin = new AdminClientBuilder(config)
            .SetLogHandler((_, message) => LogClient(message.Message))
            .SetErrorHandler((_, error) => LogClient(error.Reason))
            .Build();
        return new(admin, clock);
    }

    private async Task<string?> TryEnsureAsync(TopicClient client, TimeSpan patience)
    {
        try
        {
            foreach (var topic in Topics())
            {
                var partitions = await CountAsync(client, topic.Name, patience).ConfigureAwait(false);
                if (partitions is null)
                {
                    await CreateAsync(client, topic, patience).ConfigureAwait(false);
                    return $"topic '{topic.Name}' was just created.";
                }

                if (partitions != topic.NumPartitions)
                {
                    throw new KafkaStreamException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Topic '{topic.Name}' has {partitions} partitions, and the options say {topic.NumPartitions}. Set PartitionCount to {partitions}, or name another topic: streams would change their partition and lose their order."));
                }
            }

            return null;
        }
        catch (KafkaException error)
        {
            return error.Error.Reason;
        }
        catch (TimeoutException)
        {
            return $"no broker answered within {patience}, and the client did not say so.";
        }
    }

    private IEnumerable<TopicSpecification> Topics()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Kafka counts what a batch of one message adds, too.
            ["max.message.bytes"] = (options.MaxMessageBytes + 1024).ToString(CultureInfo.InvariantCulture),
        };
        yield return Topic(options.Topic, options.PartitionCount, new(settings.Concat(options.TopicSettings.Where(each => !string.Equals(each.Key, "max.message.bytes", StringComparison.Ordinal))), StringComparer.Ordinal));
        yield return Topic(options.CheckpointTopicName, options.PartitionCount, new(StringComparer.Ordinal) { ["cleanup.policy"] = "compact", ["segment.ms"] = "3600000" });
        yield return Topic(options.DeadLetterTopicName, 1, settings);
    }

    private TopicSpecification Topic(string name, int partitions, Dictionary<string, string> settings) =>
        new() { Name = name, NumPartitions = partitions, ReplicationFactor = options.ReplicationFactor, Configs = settings };

    /// <summary>
    /// How many partitions a topic has, or null where there is none. The client's call that describes topics is left alone: of a
    /// partition without replicas in sync, as there are while brokers start, it can make nothing, and then never answers.
    /// </summary>
    private static async Task<int?> CountAsync(TopicClient client, string topic, TimeSpan patience)
    {
        var found = await client.CallAsync(
            admin => Task.Factory.StartNew(() => admin.GetMetadata(topic, patience), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            patience).ConfigureAwait(false);
        var metadata = found.Topics.Single();
        return metadata.Error.Code switch
        {
            ErrorCode.NoError => metadata.Partitions.Count,
            ErrorCode.UnknownTopicOrPart => null,
            _ => throw new KafkaException(metadata.Error),
        };
    }

    private async Task CreateAsync(TopicClient client, TopicSpecification topic, TimeSpan patience)
    {
        try
        {
            await client.CallAsync(
                async admin =>
                {
                    await admin.CreateTopicsAsync([topic], new() { RequestTimeout = patience }).ConfigureAwait(false);
                    return true;
                },
                patience).ConfigureAwait(false);
            LogCreated(topic.Name, topic.NumPartitions);
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another process was first; its partitions are counted like anyone's.
        }
        catch (CreateTopicsException error)
        {
            throw new KafkaException(error.Results[0].Error, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created topic {Topic} with {Partitions} partitions.")]
    private partial void LogCreated(string topic, int partitions);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The administration client says: {Text}")]
    private partial void LogClient(string text);
}
