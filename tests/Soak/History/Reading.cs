namespace BlueEdge.Soak.History;

/// <summary>One look at a session.</summary>
/// <param name="Session">Its number.</param>
/// <param name="SessionId">Its id.</param>
/// <param name="Gateway">Who was asked.</param>
/// <param name="Began">When it was asked.</param>
/// <param name="Ended">When it was answered.</param>
/// <param name="View">What the answer said; <see langword="null"/> for 404.</param>
internal sealed record Reading(int Session, string SessionId, string Gateway, TimeSpan Began, TimeSpan Ended, SessionView? View);
