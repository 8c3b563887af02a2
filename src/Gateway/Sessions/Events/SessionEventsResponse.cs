using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>The envelope of a session's events.</summary>
internal sealed record SessionEventsResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Says so where the session keeps no events; else empty.</summary>
    public required string Message { get; init; }

    /// <summary>The events.</summary>
    public required SessionEventsData Data { get; init; }

    public static SessionEventsResponse From(string sessionId, long after, SessionEventPage page) => new()
    {
        Message = page.IsKept ? "" : $"Session {sessionId} keeps no events: submit sessions with \"events\": true to see what happens to them.",
        Data = new()
        {
            SessionId = sessionId,
            Kept = page.IsKept,
            Events = [.. page.Events.Select(SessionEventResponse.From)],
            Next = page.IsLast ? null : page.Events is [.., var last] ? last.Number : after,
        },
    };
}
