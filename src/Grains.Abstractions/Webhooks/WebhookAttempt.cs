namespace BlueEdge.Webhooks;

/// <summary>One try to deliver an event, and what came back.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-attempt")]
public sealed record WebhookAttempt
{
    /// <summary>The longest answer that is kept, in bytes.</summary>
    public const int LongestAnswer = 1024;

    /// <summary>When it began.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, from the name's look-up to the answer's last byte that was read.</summary>
    [Id(1)]
    public required TimeSpan Duration { get; init; }

    /// <summary>The answer's status code; <see langword="null"/> where there was no answer.</summary>
    [Id(2)]
    public int? StatusCode { get; init; }

    /// <summary>Why it did not arrive; <see langword="null"/> where the receiver answered 2xx.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The answer's first <see cref="LongestAnswer"/> bytes, as text; <see langword="null"/> where there was none.</summary>
    [Id(4)]
    public string? Answer { get; init; }

    /// <summary>Whether the receiver has taken the event.</summary>
    public bool IsDelivered => StatusCode is >= 200 and < 300;
}
