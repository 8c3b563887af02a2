namespace BlueEdge.Load;

/// <summary>A server did not answer as expected.</summary>
public sealed class LoadException(string message) : Exception(message);
