using System.Collections.Immutable;

namespace BlueEdge.Gateway.Engines;

/// <summary>The envelope of nothing: the engine is forgotten.</summary>
internal sealed record EngineRemovedResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Has no members.</summary>
    public ImmutableDictionary<string, string> Data { get; init; } = [];
}
