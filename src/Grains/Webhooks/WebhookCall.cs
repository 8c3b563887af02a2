using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What came of calling a receiver.</summary>
/// <param name="Attempt">The try; <see langword="null"/> where the address is left alone for now, and nothing was sent.</param>
/// <param name="RetryAt">When to try again, if that was said.</param>
internal sealed record WebhookCall(WebhookAttempt? Attempt, DateTimeOffset? RetryAt)
{
    private const int Gone = 410;

    /// <summary>Whether the receiver wants no more of the session.</summary>
    public bool IsUnwanted => Attempt?.StatusCode == Gone;
}
