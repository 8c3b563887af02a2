using System.Collections.Immutable;

namespace BlueEdge.Gateway.Blobs;

/// <summary>The envelope of nothing: the upload is deleted.</summary>
internal sealed record BlobDeletedResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Has no members.</summary>
    public ImmutableDictionary<string, string> Data { get; init; } = [];
}
