namespace BlueEdge.Soak.History;

/// <summary>One sending of a session and its answer.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="Gateway">Who was asked.</param>
/// <param name="Began">When it was sent.</param>
/// <param name="Ended">When it was answered, or failed.</param>
/// <param name="Code">The status code; 0 where there was no answer.</param>
/// <param name="SessionId">The id in the answer.</param>
internal sealed record Submission(int Session, string Gateway, TimeSpan Began, TimeSpan Ended, int Code, string? SessionId)
{
    public bool IsAccepted => Code is >= 200 and < 300;
}
