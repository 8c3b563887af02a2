namespace BlueEdge.Tool.Api;

/// <summary>Where a page of results lies.</summary>
internal sealed record PagingInfo
{
    public long Offset { get; set; }

    public long Total { get; set; }

    /// <summary>Where the next page begins, or <see langword="null"/> at the end.</summary>
    public long? Next { get; set; }
}
