using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>One try to deliver an event, and what came back.</summary>
internal sealed record DeliveryAttemptResponse
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The answer's status code; left out where there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it did not arrive; left out where it did.</summary>
    public string? Error { get; init; }

    /// <summary>The answer's first 1,024 bytes, as text; left out where there was none.</summary>
    public string? Answer { get; init; }

    public static DeliveryAttemptResponse From(WebhookAttempt attempt) => new()
    {
        At = attempt.At,
        DurationMs = (long)attempt.Duration.TotalMilliseconds,
        StatusCode = attempt.StatusCode,
        Error = attempt.Error,
        Answer = attempt.Answer,
    };
}
