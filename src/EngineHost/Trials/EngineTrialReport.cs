using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Trials;

/// <summary>Where a trial stands, or how it ended.</summary>
/// <param name="Status">Preparing or Ready; once over Finished, Failed or Canceled.</param>
/// <param name="Error">What it failed with, or why it was stopped, as users read it; or <see langword="null"/>.</param>
/// <param name="ItemsRead">Items it read and processed.</param>
/// <param name="ItemsWritten">Items it wrote to linked outputs.</param>
/// <param name="Warnings">What it warned of, as the session's caller reads it.</param>
public sealed record EngineTrialReport(SubSessionStatus Status, string? Error, long ItemsRead, long ItemsWritten, IReadOnlyList<SessionWarning> Warnings);
