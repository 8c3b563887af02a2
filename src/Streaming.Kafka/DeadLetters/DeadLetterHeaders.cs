namespace Streaming.Kafka;

/// <summary>The headers, all UTF-8 text, that a message has in the dead-letter topic beside those it had.</summary>
public static class DeadLetterHeaders
{
    /// <summary>The stream, as namespace/key.</summary>
    public const string Stream = "dead-letter-stream";

    /// <summary>The topic that it comes from.</summary>
    public const string Topic = "dead-letter-topic";

    /// <summary>The partition that it comes from.</summary>
    public const string Partition = "dead-letter-partition";

    /// <summary>Its offset there.</summary>
    public const string Offset = "dead-letter-offset";

    /// <summary><c>failed</c>: a subscriber did not take it; <c>unclaimed</c>: there was no subscriber; <c>unreadable</c>: it was not written by this provider.</summary>
    public const string Reason = "dead-letter-reason";

    /// <summary>What went wrong, for people.</summary>
    public const string Error = "dead-letter-error";
}
