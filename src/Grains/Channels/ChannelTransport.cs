namespace BlueEdge.Grains.Channels;

/// <summary>How items get from host to host.</summary>
public enum ChannelTransport
{
    /// <summary>By calls from instance to instance: the least latency.</summary>
    Direct,

    /// <summary>Through Kafka, where they outlive a time without a broker or a reader that is slow to answer.</summary>
    Durable,
}
