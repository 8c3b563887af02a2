using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>What a <see cref="ScriptedEngine"/> does; nothing by default.</summary>
public sealed class Script
{
    public Action? Constructor { get; init; }

    public Func<ScriptedEngine, CancellationToken, ValueTask> Start { get; init; } = (_, _) => ValueTask.CompletedTask;

    public Func<ScriptedEngine, EngineInput, CancellationToken, ValueTask> Process { get; init; } = (_, _, _) => ValueTask.CompletedTask;

    public Func<ScriptedEngine, CancellationToken, ValueTask> Stop { get; init; } = (_, _) => ValueTask.CompletedTask;
}
