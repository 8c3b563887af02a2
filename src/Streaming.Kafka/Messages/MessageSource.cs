using Confluent.Kafka;

namespace Streaming.Kafka.Messages;

/// <summary>What this process knows of a container beside its content.</summary>
/// <param name="Headers">The message's headers, for the dead-letter topic.</param>
/// <param name="Bytes">How much memory it takes, about.</param>
/// <param name="Generation">Which of the reader's positions it was read from: a rewind begins the next.</param>
/// <param name="Trace">The trace it belongs to, as its header says.</param>
/// <param name="Fault">Why it cannot be read, where it cannot.</param>
internal sealed record MessageSource(Headers Headers, long Bytes, int Generation, string? Trace, string? Fault);
