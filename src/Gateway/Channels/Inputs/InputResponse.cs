namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>The envelope of an answer to who writes to a channel.</summary>
internal sealed record InputResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>How to go on.</summary>
    public required InputData Data { get; init; }
}
