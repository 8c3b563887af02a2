using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Takes a body to a session, and waits for its end where asked to.</summary>
internal sealed class Submissions(
    SessionClient sessions, ResultReader results, FaultReport faultReport, IOptions<SessionLimits> limits, TimeProvider time)
{
    /// <param name="http">The request.</param>
    /// <param name="read">Makes a spec of the body.</param>
    /// <param name="route">Where it was sent: the same idempotency key names another session on another route.</param>
    public async Task<IResult> SubmitAsync(
        HttpContext http, Func<ReadOnlyMemory<byte>, SessionLimits, ParsedSession> read, string route)
    {
        if (!IdempotencyKey.TryRead(http.Request, route, out var key))
        {
            return ErrorAnswer.Invalid([IdempotencyKey.Fault]);
        }

        if (!BodyEncoding.IsPlain(http.Request))
        {
            return new ErrorAnswer(StatusCodes.Status415UnsupportedMediaType, "The body has to be application/json in plain UTF-8.");
        }

        if (await RequestBody.ReadAsync(http.Request, limits.Value.BodyBytes) is not { } body)
        {
            return new ErrorAnswer(
                StatusCodes.Status413PayloadTooLarge, $"The body has more than {limits.Value.BodyBytes} bytes.");
        }

        body = BodyEncoding.SkipMark(body);
        ParsedSession parsed;
        try
        {
            parsed = read(body, limits.Value);
        }
        catch (JsonException exception)
        {
            return Malformed(exception);
        }

        return parsed.Faults.IsEmpty
            ? await RunAsync(parsed, key, key is null ? null : BodyFingerprint.Of(body.Span), route, http.RequestAborted)
            : await faultReport.AllAsync(parsed, http.RequestAborted);
    }

    private async Task<IResult> RunAsync(
        ParsedSession parsed, IdempotencyKey? key, string? fingerprint, string route, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var sessionId = key?.SessionId ?? SessionIds.Create();
        var submitted = await sessions.SubmitAsync(sessionId, parsed.Spec, fingerprint);
        return submitted switch
        {
            { Outcome: SubmitOutcome.Invalid } => ErrorAnswer.Invalid(FaultReport.ToErrors(submitted.Faults, parsed.Places), submitted.FurtherFaults),
            { Outcome: SubmitOutcome.Conflict } => new ErrorAnswer(
                StatusCodes.Status422UnprocessableEntity,
                "This Idempotency-Key was sent with another body before: send the same body, or another key."),
            { Outcome: SubmitOutcome.Expiring } => throw new UnavailableException(
                "The session of this Idempotency-Key is just being deleted, for its retention is over: submit it again soon."),
            { Session: { } session } => await AnswerAsync(session, submitted.Results, parsed.Spec.WaitTime - time.GetElapsedTime(began), route, cancellationToken),
            _ => throw new BlueEdgeException($"Session {sessionId} was accepted without a snapshot."),
        };
    }

    private async Task<IResult> AnswerAsync(
        SessionSnapshot session, ImmutableArray<ResultPage> first, TimeSpan wait, string route, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await sessions.WaitForEndAsync(session, wait, cancellationToken) ?? session;
            var read = await results.ReadAllAsync(ended, first, cancellationToken);
            return new SessionAnswer(ended, read ?? [], route);
        }
        catch (UnavailableException exception)
        {
            // The session is accepted, and the caller has to learn its id, or would submit it again.
            throw new UnavailableException(exception.Message, exception) { SessionId = session.SessionId };
        }
    }

    private static ErrorAnswer Malformed(JsonException exception)
    {
        var (line, position) = ((exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        var said = exception.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
        var message = $"The body is no JSON, at line {line}, position {position}: {said}";
        return new ErrorAnswer(
            StatusCodes.Status400BadRequest,
            message,
            [new() { Pointer = "", Code = FaultCodes.Malformed, Message = message, Line = line, Position = position }]);
    }
}
