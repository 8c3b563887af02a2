namespace BlueEdge.Gateway.Sessions;

/// <summary>Where a page of a channel's results lies.</summary>
internal sealed record PagingResponse
{
    /// <summary>The first item's place, from 0.</summary>
    public required long Offset { get; init; }

    /// <summary>How many items the channel has so far.</summary>
    public required long Total { get; init; }

    /// <summary>The offset of the next page; null at the end.</summary>
    public required long? Next { get; init; }
}
