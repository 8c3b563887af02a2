namespace BlueEdge.Gateway.Results;

/// <summary>The part of a channel's results that an answer has.</summary>
internal sealed class ChannelResults(string channel, long offset)
{
    public string Channel => channel;

    /// <summary>The first item's place in the channel.</summary>
    public long Offset => offset;

    public List<ResultItem> Items { get; } = [];

    /// <summary>How many items the channel held when read.</summary>
    public long Total { get; set; }

    /// <summary>Where the next page begins, or <see langword="null"/> where this one reaches the end.</summary>
    public long? Next { get; set; }
}
