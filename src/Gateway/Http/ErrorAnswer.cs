using System.Diagnostics;
using System.Text.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Http;

/// <summary>Answers that something is wrong, in the API's envelope.</summary>
internal sealed class ErrorAnswer(int statusCode, string message, params IReadOnlyList<ErrorItem> errors) : IResult
{
    /// <summary>The status code to answer with.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The session that was accepted all the same, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }

    /// <summary>When to come back, as the header has it; <see langword="null"/> says nothing, but for 503.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The number that a channel wants of its writer next, or <see langword="null"/>.</summary>
    public long? NextSequence { get; init; }

    /// <summary>The quota that the request would have exceeded, or <see langword="null"/>.</summary>
    public ErrorQuota? Quota { get; init; }

    /// <summary>How many faults were found besides those that are listed.</summary>
    private int Further { get; init; }

    /// <param name="errors">What is wrong; so much of it as helps is listed.</param>
    /// <param name="further">How many faults were only counted.</param>
    public static ErrorAnswer Invalid(IReadOnlyList<ErrorItem> errors, int further = 0)
    {
        IReadOnlyList<ErrorItem> listed = errors.Count > FaultCollector.Most ? [.. errors.Take(FaultCollector.Most)] : errors;
        further += errors.Count - listed.Count;
        var message = listed is [var only] && further == 0
            ? (only.Pointer is "" ? only.Message : $"{only.Pointer}: {only.Message}")
            : further == 0 ? $"The request has {listed.Count} faults."
            : $"The request has {listed.Count} faults that are listed, and {further} more.";
        return new(StatusCodes.Status400BadRequest, message, listed) { Further = further };
    }

    public static ErrorAnswer UnknownSession(string sessionId) =>
        new(StatusCodes.Status404NotFound, $"There is no session '{Shown.Short(sessionId)}', or none any more.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCode;
        response.ContentType = "application/json; charset=utf-8";
        if ((RetryAfter ?? (StatusCode == StatusCodes.Status503ServiceUnavailable ? "1" : null)) is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        var envelope = new ErrorResponse
        {
            Message = message,
            Data = new()
            {
                Errors = errors,
                FurtherErrors = Further > 0 ? Further : null,
                SessionId = SessionId,
                NextSequence = NextSequence,
                Quota = Quota,
                TraceId = Activity.Current?.TraceId.ToString(),
            },
        };
        return JsonSerializer.SerializeAsync(
            response.BodyWriter, envelope, AnswerJson.Context.ErrorResponse, httpContext.RequestAborted);
    }
}
