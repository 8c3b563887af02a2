using BlueEdge.Sessions;

namespace BlueEdge.Testing;

/// <summary>How an engine under test ended.</summary>
/// <param name="Status">Finished, Failed or Canceled.</param>
/// <param name="Error">What it failed with, or why it was stopped, as users read it; <see langword="null"/> where it finished.</param>
/// <param name="ItemsRead">Items it read and processed.</param>
/// <param name="ItemsWritten">Items it wrote to linked outputs, with those on Status that the platform wrote for it.</param>
public sealed record EngineTestEnd(SubSessionStatus Status, string? Error, long ItemsRead, long ItemsWritten)
{
    /// <summary>What the engine threw, with its stack; <see langword="null"/> where it threw nothing, or only heeded a stop.</summary>
    public Exception? Exception { get; init; }

    /// <summary>What it warned of, as the session's caller reads it.</summary>
    public IReadOnlyList<SessionWarning> Warnings { get; init; } = [];
}
