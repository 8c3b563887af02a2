using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Which of a session's events its webhooks are called about, and under which type. Pure.</summary>
internal static class WebhookEvents
{
    public const string SessionStatusChanged = "sessionStatusChanged";
    public const string NodeStatusChanged = "nodeStatusChanged";

    /// <summary>The type that <c>statusTypes</c> selects an event by; <see langword="null"/> where no webhook is called about it.</summary>
    public static string? TypeOf(SessionEvent one) => one.Kind switch
    {
        SessionEventKind.StatusChanged => SessionStatusChanged,
        SessionEventKind.NodeChanged => NodeStatusChanged,
        SessionEventKind.EngineSaid => one.Said?.Type,
        _ => null,
    };

    public static bool Wants(this WebhookSpec webhook, SessionEvent one) =>
        TypeOf(one) is { } type && webhook.StatusTypes.Contains(type, StringComparer.Ordinal);

    /// <summary>Whether nothing was written in its attempt when it happened: engines can write once they are made, and no sooner.</summary>
    public static bool IsBeforeResults(this SessionEvent one) =>
        one.Status is SessionStatus.Pending or SessionStatus.Queuing || one.NodeStatus is SubSessionStatus.Preparing;

    /// <summary>Whether it is the session's last.</summary>
    public static bool IsEnd(this SessionEvent one) => one.Status is { } status && status.IsTerminal();
}
