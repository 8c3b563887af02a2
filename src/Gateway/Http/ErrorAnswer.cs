using System.Diagnostics;
using System.Text.Json;

namespace BlueEdge.Gateway.Http;

/// <summary>Answers that something is wrong, in the API's envelope.</summary>
internal sealed class ErrorAnswer(int statusCode, string message, params IReadOnlyList<ErrorItem> errors) : IResult
{
    /// <summary>The session that was accepted all the same, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }

    public static ErrorAnswer Invalid(IReadOnlyList<ErrorItem> errors) =>
        new(
            StatusCodes.Status400BadRequest,
            errors is [var only] ? (only.Pointer is "" ? only.Message : $"{only.Pointer}: {only.Message}") : $"The request has {errors.Count} faults.",
            errors);

    public static ErrorAnswer UnknownSession(string sessionId) =>
        new(StatusCodes.Status404NotFound, $"There is no session '{Json.Shown.Short(sessionId)}', or none any more.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "application/json; charset=utf-8";
        if (statusCode == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        var envelope = new ErrorResponse { Message = message, Data = new() { Errors = errors, SessionId = SessionId, TraceId = Activity.Current?.TraceId.ToString() } };
        return JsonSerializer.SerializeAsync(
            response.BodyWriter, envelope, AnswerJson.Context.ErrorResponse, httpContext.RequestAborted);
    }
}
