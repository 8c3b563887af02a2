using System.Collections.Immutable;

namespace BlueEdge.Sessions;

/// <summary>The codes of the platform's own warnings; they stay as they are.</summary>
public static class WarningCodes
{
    /// <summary>The session has webhooks, which are taken and not called yet.</summary>
    public const string WebhooksNotDelivered = "webhooks-not-delivered";

    /// <summary>An engine warned, and gave no code.</summary>
    public const string EngineWarning = "engine-warning";

    /// <summary>An engine warned more often than is kept; the message says how often.</summary>
    public const string MoreWarnings = "more-warnings";

    /// <summary>What there is to say of a session as it was submitted.</summary>
    public static ImmutableArray<SessionWarning> Of(SessionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Webhooks.IsDefaultOrEmpty
            ? []
            :
            [
                new()
                {
                    Code = WebhooksNotDelivered,
                    Message = "The session's webhooks are kept and not called: this version does not deliver webhooks. Wait for the end with waitTimeSecond, or read the session.",
                },
            ];
    }
}
