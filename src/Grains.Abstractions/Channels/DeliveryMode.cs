namespace BlueEdge.Channels;

/// <summary>What a channel does where a reader is slower than its writers.</summary>
[GenerateSerializer, Alias("blueedge.delivery-mode")]
public enum DeliveryMode
{
    /// <summary>Every reader gets every item; a slow one slows the channel's writers.</summary>
    Every,

    /// <summary>A reader that is ready gets the newest item; what came before and was not read is dropped, and counted.</summary>
    Latest,
}
