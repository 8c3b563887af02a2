using System.Diagnostics.Metrics;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What a core silo counts of the sessions that it owns, as their changes become durable.</summary>
internal sealed class SessionMetrics
{
    public const string MeterName = "BlueEdge.Sessions";

    private static readonly string[] Ends = ["finished", "failed", "canceled"];

    private readonly Counter<long> _submitted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _retried;
    private readonly Histogram<double> _start;
    private readonly Histogram<double> _run;

    public SessionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _submitted = meter.CreateCounter<long>("blueedge.sessions.submitted", "{session}", "Sessions that were accepted");
        _refused = meter.CreateCounter<long>("blueedge.sessions.refused", "{submission}", "Submissions that were refused, by reason");
        _repeated = meter.CreateCounter<long>("blueedge.sessions.repeated", "{submission}", "Submissions that found their session there, by the same Idempotency-Key or id");
        _ended = meter.CreateCounter<long>("blueedge.sessions.ended", "{session}", "Sessions that ended, by status");
        _retried = meter.CreateCounter<long>("blueedge.sessions.retried", "{attempt}", "Attempts that failed and are followed by another one");
        _start = meter.CreateHistogram<double>("blueedge.sessions.start.duration", "s", "From a submission until all its engines were ready, of first attempts");
        _run = meter.CreateHistogram<double>("blueedge.sessions.run.duration", "s", "From the first slots to the end, by status");

        // What is watched is there from the start, so that its first step is seen.
        _submitted.Add(0);
        _repeated.Add(0);
        _retried.Add(0);
        foreach (var status in Ends)
        {
            _ended.Add(0, new KeyValuePair<string, object?>("status", status));
        }
    }

    /// <param name="reason">Why, in kebab case.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Submitted() => _submitted.Add(1);

    public void Repeated() => _repeated.Add(1);

    /// <summary>Counts what a change says.</summary>
    public void Changed(SessionState before, SessionState after, DateTimeOffset now)
    {
        if (before.Status == after.Status && before.Epoch == after.Epoch)
        {
            return;
        }

        if (after.FormerAttempts.Length > before.FormerAttempts.Length)
        {
            _retried.Add(1);
        }

        if (before.Status is SessionStatus.Queuing && after is { Status: SessionStatus.Processing or SessionStatus.Finished, FormerAttempts.IsEmpty: true })
        {
            _start.Record(Math.Max(0, (now - after.SubmittedAt).TotalSeconds));
        }

        if (after.Status.IsTerminal() && !before.Status.IsTerminal())
        {
            KeyValuePair<string, object?> status = new("status", WordFor(after.Status));
            _ended.Add(1, status);
            if (after is { StartedAt: { } startedAt, EndedAt: { } endedAt })
            {
                _run.Record(Math.Max(0, (endedAt - startedAt).TotalSeconds), status);
            }
        }
    }

    private static string WordFor(SessionStatus status) => status switch
    {
        SessionStatus.Finished => "finished",
        SessionStatus.Failed => "failed",
        _ => "canceled",
    };
}
