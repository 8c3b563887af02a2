namespace BlueEdge.Gateway.Http;

/// <summary>Too much is asked of the process at once. What was asked was not begun.</summary>
internal sealed class BusyException(string message) : BlueEdgeException(message);
