using System.Collections.Immutable;
using BlueEdge.Scheduling;

namespace BlueEdge.Gateway.Engines;

/// <summary>The envelope of the list of engines.</summary>
internal sealed record EnginesResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; } = "";

    /// <summary>The engines.</summary>
    public required EnginesData Data { get; init; }

    public static EnginesResponse From(ImmutableArray<EngineSnapshot> engines, DateTimeOffset now) =>
        new() { Data = new() { Engines = [.. engines.Select(engine => EngineResponse.From(engine, now))] } };
}
