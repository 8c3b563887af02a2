using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>What came of a test.</summary>
internal sealed record WebhookTestData
{
    /// <summary>Whether the receiver answered 2xx.</summary>
    public required bool Delivered { get; init; }

    /// <summary>The answer's status code; left out where there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it did not arrive; left out where it did.</summary>
    public string? Error { get; init; }

    /// <summary>The answer's first 1,024 bytes, as text; left out where there was none.</summary>
    public string? Answer { get; init; }

    /// <summary>How long the call took.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Whether it was signed: not where the operator has set no secret and the body names none.</summary>
    public required bool Signed { get; init; }

    public static WebhookTestData From(WebhookAttempt attempt, bool isSigned) => new()
    {
        Delivered = attempt.IsDelivered,
        StatusCode = attempt.StatusCode,
        Error = attempt.Error,
        Answer = attempt.Answer,
        DurationMs = (long)attempt.Duration.TotalMilliseconds,
        Signed = isSigned,
    };
}
