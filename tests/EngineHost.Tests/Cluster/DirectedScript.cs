using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>What a <see cref="DirectedEngine"/> does; nothing by default.</summary>
public sealed class DirectedScript
{
    public Func<DirectedEngine, CancellationToken, ValueTask> Start { get; init; } = (_, _) => ValueTask.CompletedTask;

    public Func<DirectedEngine, EngineInput, CancellationToken, ValueTask> Process { get; init; } = (_, _, _) => ValueTask.CompletedTask;

    public Func<DirectedEngine, CancellationToken, ValueTask> Stop { get; init; } = (_, _) => ValueTask.CompletedTask;
}
