using System.Collections.Immutable;
using BlueEdge.Scheduling;

namespace BlueEdge.Gateway.Engines;

/// <summary>One engine.</summary>
internal sealed record EngineResponse
{
    /// <summary>The id that sessions name.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The version of what declares it.</summary>
    public required string Version { get; init; }

    /// <summary>Its inputs.</summary>
    public required ImmutableArray<PortResponse> Inputs { get; init; }

    /// <summary>Its outputs. <c>Status</c> is there also where it is not listed.</summary>
    public required ImmutableArray<PortResponse> Outputs { get; init; }

    /// <summary>How many sub-sessions one instance runs at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Whether a sub-session ends by itself once its inputs have.</summary>
    public required bool FinishesByItself { get; init; }

    /// <summary>The instances that attend.</summary>
    public required ImmutableArray<InstanceResponse> Instances { get; init; }

    /// <summary>Nodes of pending sessions that need it.</summary>
    public required int Waiting { get; init; }

    /// <summary>Nodes that hold a slot of it. The demand is waiting and working together.</summary>
    public required int Working { get; init; }

    /// <summary>Since when the oldest session waits for it; left out where none does.</summary>
    public DateTimeOffset? OldestPendingSince { get; init; }

    /// <summary>For how many seconds the oldest session has waited; 0 where none does.</summary>
    public required double OldestWaitSeconds { get; init; }

    public static EngineResponse From(EngineSnapshot engine, DateTimeOffset now) => new()
    {
        Id = engine.Definition.Id,
        Name = engine.Definition.Name,
        Version = engine.Definition.Version,
        Inputs = [.. engine.Definition.Inputs.Select(PortResponse.From)],
        Outputs = [.. engine.Definition.Outputs.Select(PortResponse.From)],
        Slots = engine.Definition.Slots,
        FinishesByItself = engine.Definition.FinishesByItself,
        Instances = [.. engine.Instances.Select(InstanceResponse.From)],
        Waiting = engine.Waiting,
        Working = engine.Working,
        OldestPendingSince = engine.OldestPendingSince,
        OldestWaitSeconds = engine.OldestPendingSince is { } since ? Math.Max(0, Math.Round((now - since).TotalSeconds, 3)) : 0,
    };
}
