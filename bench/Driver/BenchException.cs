namespace BlueEdge.Driver;

/// <summary>A case could not be measured.</summary>
internal sealed class BenchException(string message, Exception? cause = null) : Exception(message, cause);
