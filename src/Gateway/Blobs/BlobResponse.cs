namespace BlueEdge.Gateway.Blobs;

/// <summary>The envelope of an upload.</summary>
internal sealed record BlobResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The upload.</summary>
    public required BlobData Data { get; init; }
}
