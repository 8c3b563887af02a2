using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Webhooks;

namespace BlueEdge.Grains.Storage;

/// <summary>The storage of grains whose state is forgotten some time after it was written last, for it is of use only as long as a session's data.</summary>
public static class ExpiringStates
{
    /// <summary>The name under which hosts register it.</summary>
    public const string Name = "expiring";

    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>How long a state is kept: as long as an ended session, and no less than a webhook pauses.</summary>
    /// <param name="sessions">How long sessions are kept.</param>
    /// <param name="webhooks">How long webhooks pause.</param>
    public static TimeSpan Lifetime(SessionOptions sessions, WebhookOptions webhooks) =>
        (sessions.Retention > webhooks.LongestPause ? sessions.Retention : webhooks.LongestPause) + Margin;
}
