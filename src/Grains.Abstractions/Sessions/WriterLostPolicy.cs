namespace BlueEdge.Sessions;

/// <summary>What becomes of a channel that clients write when none of them has been heard of for <see cref="ChannelSpec.WriterTimeout"/>.</summary>
[GenerateSerializer, Alias("blueedge.writer-lost-policy")]
public enum WriterLostPolicy
{
    /// <summary>It ends, as if a client had said so.</summary>
    End,

    /// <summary>Its session fails with that reason.</summary>
    Fail,
}
