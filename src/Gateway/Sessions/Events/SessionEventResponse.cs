using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>Something that happened to a session. Members that say nothing of it are left out.</summary>
internal sealed record SessionEventResponse
{
    /// <summary>Counts the session's events from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>sessionStatusChanged, nodeStatusChanged or attemptBegan.</summary>
    public required string Type { get; init; }

    /// <summary>Which attempt it is of, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The node that changed; there where one did.</summary>
    public string? Node { get; init; }

    /// <summary>The status now, of the session or of the node.</summary>
    public string? Status { get; init; }

    /// <summary>The status before; left out with the first event.</summary>
    public string? Previous { get; init; }

    /// <summary>The engine instance that the node runs on.</summary>
    public string? Instance { get; init; }

    /// <summary>Why it stops, failed, was canceled or runs again.</summary>
    public string? Reason { get; init; }

    public static SessionEventResponse From(SessionEvent one) => new()
    {
        Number = one.Number,
        At = one.At,
        Type = one.Kind switch
        {
            SessionEventKind.StatusChanged => "sessionStatusChanged",
            SessionEventKind.NodeChanged => "nodeStatusChanged",
            SessionEventKind.AttemptBegan => "attemptBegan",
            _ => "unknown",
        },
        Attempt = one.Epoch,
        Node = one.Node,
        Status = NameOf(one.Status, one.NodeStatus),
        Previous = NameOf(one.PreviousStatus, one.PreviousNodeStatus),
        Instance = one.Instance,
        Reason = one.Reason,
    };

    private static string? NameOf(SessionStatus? session, SubSessionStatus? node) =>
        session is { } status ? SessionStatusNames.Of(status) : node is { } part ? NodeStatusNames.Of(part) : null;
}
