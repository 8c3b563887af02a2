namespace BlueEdge.Channels;

/// <summary>What the items of a channel are.</summary>
[GenerateSerializer, Alias("blueedge.channel-type")]
public enum ChannelType
{
    /// <summary>JSON values, UTF-8.</summary>
    Json,

    /// <summary>Encoded pictures; the media type says how.</summary>
    Image,

    /// <summary>Video frames or segments; the media type says which.</summary>
    Video,

    /// <summary>Any bytes; the media type says which.</summary>
    File,
}
