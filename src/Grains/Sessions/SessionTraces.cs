using System.Diagnostics;
using BlueEdge.Grains.Telemetry;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// The spans of a session, all below the one of its submission, whose place is stored with the session: so what is done after a
/// restart belongs to the same trace.
/// </summary>
internal static class SessionTraces
{
    private const string SessionTag = "blueedge.session.id";
    private const string AttemptTag = "blueedge.attempt";
    private static readonly ActivitySource Source = new("BlueEdge.Sessions");

    /// <summary>Begins the span of a submission, below the caller's.</summary>
    public static Activity? Submit(string sessionId, ActivityContext caller) =>
        Source.HasListeners() ? Source.StartActivity("session submit", ActivityKind.Internal, caller)?.SetTag(SessionTag, sessionId) : null;

    /// <summary>Until it is disposed, what is logged says the trace of a session that has one. It is no span, and told to nobody.</summary>
    public static Activity? Within(string? trace) => TraceText.Parse(trace) is { } place
        ? new Activity("session").SetParentId(place.TraceId, place.SpanId, place.TraceFlags).Start()
        : null;

    /// <summary>Tells what a change has ended: the wait for slots, the preparation, the session.</summary>
    public static void Tell(string sessionId, SessionState before, SessionState after, DateTimeOffset now)
    {
        if (after.Trace is null || before.Status == after.Status)
        {
            return;
        }

        KeyValuePair<string, object?>[] tags = [new(SessionTag, sessionId), new(AttemptTag, before.Epoch), new("blueedge.session.status", after.Status.ToString())];
        if (before.Status is SessionStatus.Pending)
        {
            Source.Tell("session wait", after.Trace, before.NotBefore ?? before.SubmittedAt, after.LeasedAt ?? now, tags);
        }
        else if (before is { Status: SessionStatus.Queuing, LeasedAt: { } leasedAt })
        {
            Source.Tell("session prepare", after.Trace, leasedAt, now, tags);
        }

        if (after.Status.IsTerminal())
        {
            Source.Tell(
                "session", after.Trace, after.SubmittedAt, after.EndedAt ?? now, tags, after.Status is SessionStatus.Failed ? after.Reason : null);
        }
    }
}
