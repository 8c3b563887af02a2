namespace BlueEdge.Gateway.Keys;

/// <summary>The envelope of one key.</summary>
internal sealed record KeyResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The key.</summary>
    public required KeyData Data { get; init; }
}
