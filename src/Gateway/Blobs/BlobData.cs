namespace BlueEdge.Gateway.Blobs;

/// <summary>An upload.</summary>
internal sealed record BlobData
{
    /// <summary>Its id: what payloads name.</summary>
    public required string Blob { get; init; }

    /// <summary>Its bytes.</summary>
    public required long Size { get; init; }

    /// <summary>What the caller said it is, or what it looks like.</summary>
    public required string MediaType { get; init; }

    /// <summary>Until when new sessions can use it; those that do keep it as long as they live.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
