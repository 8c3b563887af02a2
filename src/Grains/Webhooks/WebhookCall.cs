using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What came of calling a receiver.</summary>
internal sealed record WebhookCall
{
    private const int Gone = 410;

    /// <summary>The try; <see langword="null"/> where the address is left alone for now, and nothing was sent.</summary>
    public WebhookAttempt? Attempt { get; init; }

    /// <summary>When the receiver wants it again; <see langword="null"/> where it does not say.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    /// <summary>Until when this silo leaves the address alone; <see langword="null"/> where it was called.</summary>
    public DateTimeOffset? LeftAloneUntil { get; init; }

    /// <summary>Whether the receiver wants no more of the session.</summary>
    public bool IsUnwanted => Attempt?.StatusCode == Gone;
}
