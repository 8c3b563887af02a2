namespace BlueEdge.Soak.History;

/// <summary>A session in the lists whose id no answer had.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="Session">The number of the submission that it came of, where it can be told.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="Status">Where it stands.</param>
internal sealed record StrangeSession(string SessionId, int? Session, TimeSpan SubmittedAt, string Status);
