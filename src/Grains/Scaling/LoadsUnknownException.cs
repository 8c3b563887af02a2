namespace BlueEdge.Grains.Scaling;

/// <summary>The scheduler has not been heard for too long to say what engines are wanted for: that is not the same as nothing.</summary>
/// <param name="message">Since when, and what to look at.</param>
public sealed class LoadsUnknownException(string message) : BlueEdgeException(message);
