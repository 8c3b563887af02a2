using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>How a run that is stopped from outside is to end, and why.</summary>
/// <param name="Status">Canceled or Failed.</param>
/// <param name="Reason">Why, for the session.</param>
/// <param name="EndsOutputs">Whether its readers go on: they get what it wrote, and hear that it was all, before the session hears of the end.</param>
internal sealed record RunEnd(SubSessionStatus Status, string Reason, bool EndsOutputs = false);
