namespace BlueEdge.Gateway.Keys;

/// <summary>The envelope of the list of keys.</summary>
internal sealed record KeysResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The keys.</summary>
    public required KeysData Data { get; init; }
}
