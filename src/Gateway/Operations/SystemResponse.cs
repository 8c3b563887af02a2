using BlueEdge.Operations;

namespace BlueEdge.Gateway.Operations;

/// <summary>The envelope of how the system fares.</summary>
internal sealed record SystemResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>How it fares.</summary>
    public required SystemData Data { get; init; }

    public static SystemResponse From(SystemSnapshot system, bool isOpen) => new() { Data = SystemData.From(system, isOpen) };
}
