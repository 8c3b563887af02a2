namespace BlueEdge.Grains.Results;

/// <summary>The store has fewer results of a session than it said it stored: it was set back, as a Redis that was killed may be.</summary>
public sealed class ResultsLostException(string message) : BlueEdgeException(message);
