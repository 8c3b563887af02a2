using BlueEdge.Sessions;

namespace BlueEdge.Engines;

/// <summary>How a run that is stopped from outside is to end, and why.</summary>
internal sealed record RunEnd(SubSessionStatus Status, string Reason);
