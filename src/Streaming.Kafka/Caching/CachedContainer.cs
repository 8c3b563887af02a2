using Streaming.Kafka.Messages;

namespace Streaming.Kafka.Caching;

/// <summary>A container in the cache, linked with its neighbours of the same stream.</summary>
internal sealed class CachedContainer(KafkaBatchContainer container)
{
    public KafkaBatchContainer Container => container;

    public long Offset => container.Offset;

    public CachedContainer? Previous { get; set; }

    public CachedContainer? Next { get; set; }

    /// <summary>Whether it is out of the cache: delivered to all, or to be read again.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it is on its way to the dead letters, because nobody is subscribed.</summary>
    public bool IsLeaving { get; set; }
}
