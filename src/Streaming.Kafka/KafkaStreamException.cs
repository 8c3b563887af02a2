namespace Streaming.Kafka;

/// <summary>A stream provider on Kafka cannot do what it was asked to; the message says why and what helps.</summary>
[GenerateSerializer, Alias("streaming.kafka.exception")]
public sealed class KafkaStreamException : Exception
{
    /// <summary>Without a message.</summary>
    public KafkaStreamException()
    {
    }

    /// <summary>With a message.</summary>
    public KafkaStreamException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public KafkaStreamException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
