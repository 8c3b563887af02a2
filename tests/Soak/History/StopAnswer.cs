namespace BlueEdge.Soak.History;

/// <summary>A stop that was answered with success.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Began">When it was first asked to stop.</param>
/// <param name="Ended">When that was answered.</param>
internal sealed record StopAnswer(int Session, TimeSpan Began, TimeSpan Ended);
