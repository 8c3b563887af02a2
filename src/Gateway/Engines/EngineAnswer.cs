namespace BlueEdge.Gateway.Engines;

/// <summary>The envelope of one engine.</summary>
internal sealed record EngineAnswer
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The engine.</summary>
    public required EngineResponse Data { get; init; }
}
