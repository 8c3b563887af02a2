using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Telemetry;
using BlueEdge.Grains.Validation;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Sessions;

/// <summary>How a session comes to be: checked, stored, and answered once it stands in the queue, or with its end.</summary>
internal sealed class SessionSubmissions(
    ActiveSession session,
    SessionWaiters waiters,
    SessionSlots slots,
    SessionSnapshots snapshots,
    SubmissionCheck check,
    SentPayloads sent,
    HeaderVault headers,
    SessionEventSinks sinks,
    SessionMetrics metrics,
    IOptions<SessionOptions> options,
    IOptions<SessionLimits> limits,
    TimeProvider clock)
{
    private Task? _creating;

    public async Task<SubmitResult> RunAsync(Submission submission, CancellationToken cancellationToken)
    {
        if (submission.Fingerprint is not null)
        {
            // Who can submit it again may have done so before.
            await session.WakeAsync();
        }

        var isKnown = session.IsSubmitted;
        if (!session.IsSubmitted)
        {
            var faults = await check.FindFaultsAsync(submission.Spec, submission.Caller.NamedTenant, cancellationToken);
            await (faults.IsEmpty ? CreateOnceAsync(submission) : session.WakeAsync());
            if (!session.IsSubmitted)
            {
                session.Leave();
                metrics.Refused("invalid");
                return new() { Outcome = SubmitOutcome.Invalid, Faults = faults.Listed, FurtherFaults = faults.Further };
            }
        }

        if (!session.Exists)
        {
            session.Leave();
            metrics.Refused("expiring");
            return new() { Outcome = SubmitOutcome.Expiring };
        }

        // Of a session of another tenant no more is told than that its id is taken.
        if (!session.State.BelongsTo(submission.Caller)
            || (submission.Fingerprint is { } fingerprint && !string.Equals(fingerprint, session.State.Fingerprint, StringComparison.Ordinal)))
        {
            metrics.Refused("conflict");
            return new() { Outcome = SubmitOutcome.Conflict };
        }

        if (isKnown)
        {
            metrics.Repeated();
        }

        // Durable also means that the session stands in the queue: only then will it run whatever dies.
        await slots.EnlistedAsync();
        await waiters.EndedAsync(submission.Wait, withResults: true, cancellationToken);
        return new()
        {
            Outcome = SubmitOutcome.Accepted,
            Session = await snapshots.TakeAsync(cancellationToken),
            Results = waiters.FirstPages is { } pages ? await pages : [],
        };
    }

    /// <summary>Creates the session; the same submission may come twice at once.</summary>
    private async Task CreateOnceAsync(Submission submission)
    {
        var creating = _creating ??= CreateAsync(submission);
        try
        {
            await creating;
        }
        finally
        {
            _creating = null;
        }
    }

    /// <summary>Goes on if the caller hangs up.</summary>
    private async Task CreateAsync(Submission submission)
    {
        using var span = SessionTraces.Submit(session.Id, submission.Trace);
        var spec = submission.Spec with { MaxDuration = submission.Spec.MaxDuration ?? LongestByDefault() };
        var payloads = spec.Payloads();
        var kept = await sent.StoreAsync(session.Id, submission.Caller.NamedTenant, payloads, CancellationToken.None);
        var stored = headers.Lock(kept == payloads ? spec : spec.WithPayloads(kept));
        await session.CreateAsync(stored, SessionTransitions.Create(submission, clock.GetUtcNow()) with { Told = sinks.Want(spec) ? 0 : null, Trace = TraceText.Of(span) });
    }

    private TimeSpan LongestByDefault() =>
        options.Value.MaxDuration < limits.Value.Duration ? options.Value.MaxDuration : limits.Value.Duration;
}
