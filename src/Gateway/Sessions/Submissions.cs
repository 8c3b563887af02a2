using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Results;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Takes a body to a session, and waits for its end where asked to.</summary>
internal sealed class Submissions(
    SessionClient sessions, SessionBodies bodies, ResultReader results, CallBudgets budgets, GatewayQuotas quotas, TimeProvider time)
{
    /// <param name="http">The request.</param>
    /// <param name="read">Makes a spec of the body.</param>
    /// <param name="route">Where it was sent: the same idempotency key names another session on another route.</param>
    public async Task<IResult> SubmitAsync(
        HttpContext http, Func<ReadOnlyMemory<byte>, SessionLimits, ParsedSession> read, string route)
    {
        // Apart, so that a call which waits keeps nothing of the body.
        var submitted = await TakeAsync(http, read, route);
        if (submitted.Session is not { } session)
        {
            return submitted.Refusal ?? throw new BlueEdgeException("A submission was neither accepted nor refused.");
        }

        AuditedCall.Tell(http, session.SessionId);
        return await AnswerAsync(session, submitted, route, http);
    }

    private async Task<Submitted> TakeAsync(
        HttpContext http, Func<ReadOnlyMemory<byte>, SessionLimits, ParsedSession> read, string route)
    {
        if (!IdempotencyKey.TryRead(http.Request, route, out var key))
        {
            return new(ErrorAnswer.Invalid([IdempotencyKey.Fault]));
        }

        // Before its body is read: who has too many costs little.
        var quota = quotas.OfCaller;
        if (quota is null)
        {
            return await ReadAndRunAsync(http, read, key, quota);
        }

        await quota.BeginSubmissionAsync();
        try
        {
            return await ReadAndRunAsync(http, read, key, quota);
        }
        finally
        {
            quota.EndSubmission();
        }
    }

    private async Task<Submitted> ReadAndRunAsync(
        HttpContext http, Func<ReadOnlyMemory<byte>, SessionLimits, ParsedSession> read, IdempotencyKey? key, TenantQuota? quota)
    {
        using ByteLease lease = new(budgets.Bodies);
        var body = await bodies.ReadAsync(http, read, lease);
        if (body.Session is not { } parsed)
        {
            return new(body.Refusal);
        }

        if (quota is not null)
        {
            await quota.TakePayloadAsync(body.Bytes.Length);
        }

        return await RunAsync(parsed, key?.SessionId ?? SessionIds.Create(), key is null ? null : BodyFingerprint.Of(body.Bytes.Span), body.Bytes.Length);
    }

    private async Task<Submitted> RunAsync(ParsedSession parsed, string sessionId, string? fingerprint, int bytes)
    {
        var began = time.GetTimestamp();
        var result = await SendAsync(sessionId, parsed.Spec, fingerprint, bytes);
        return result switch
        {
            { Outcome: SubmitOutcome.Invalid } => new(ErrorAnswer.Invalid(FaultReport.ToErrors(result.Faults, parsed.Places), result.FurtherFaults)),
            { Outcome: SubmitOutcome.Conflict } => new(new ErrorAnswer(
                StatusCodes.Status422UnprocessableEntity,
                "This Idempotency-Key was sent with another body before: send the same body, or another key.")),
            { Outcome: SubmitOutcome.Expiring } => throw new UnavailableException(
                "The session of this Idempotency-Key is just being deleted, for its retention is over: submit it again soon."),
            { Session: { } session } => new(null) { Session = session, Results = result.Results, Wait = parsed.Spec.WaitTime - time.GetElapsedTime(began) },
            _ => throw new BlueEdgeException($"Session {sessionId} was accepted without a snapshot."),
        };
    }

    private async Task<SubmitResult> SendAsync(string sessionId, SessionSpec spec, string? fingerprint, int bytes)
    {
        try
        {
            return await sessions.SubmitAsync(sessionId, spec, fingerprint, bytes);
        }
        catch (UnavailableException exception) when (exception.WasSent)
        {
            // It may be accepted, or be on its way yet: the caller has to learn its id, or could not find out.
            throw new UnavailableException(
                $"{exception.Message} Session {sessionId} was sent on, and nobody said whether it is accepted: read it, or send it again with its Idempotency-Key.",
                exception)
            {
                SessionId = sessionId,
            };
        }
    }

    private async Task<IResult> AnswerAsync(SessionSnapshot session, Submitted submitted, string route, HttpContext http)
    {
        try
        {
            var ended = await sessions.WaitForEndAsync(session, submitted.Wait, http.RequestAborted) ?? session;
            var read = await results.ReadAllAsync(ended, submitted.Results, http);
            return new SessionAnswer(ended, read ?? [], route);
        }
        catch (Exception exception) when (exception is UnavailableException or BusyException)
        {
            // The session is accepted, and the caller has to learn its id, or would submit it again.
            throw new UnavailableException(exception.Message, exception) { SessionId = session.SessionId };
        }
    }
}
