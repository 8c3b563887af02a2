using System.Text.Json.Serialization;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>Something that happened to a session. Members that say nothing of it are left out.</summary>
internal sealed record SessionEventResponse
{
    /// <summary>The session; there where events of all sessions are told.</summary>
    public string? SessionId { get; init; }

    /// <summary>Counts the session's events from 1. A gap says that older ones were dropped: the newest 10,000 are kept. Left out where the session keeps none, which only who listens to all sessions sees.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public required long Number { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>sessionStatusChanged, nodeStatusChanged, attemptBegan or engineEvent.</summary>
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

    /// <summary>The <c>type</c> that the engine gave to what it said on its Status output.</summary>
    public string? EventType { get; init; }

    /// <summary>What it said, as it said it; left out where that is more than 16 KB.</summary>
    public RawJson? Event { get; init; }

    /// <summary>How long that is in bytes; there where it was left out.</summary>
    public int? EventBytes { get; init; }

    public static SessionEventResponse From(SessionEvent one) => new()
    {
        Number = one.Number,
        At = one.At,
        Type = one.Kind switch
        {
            SessionEventKind.StatusChanged => "sessionStatusChanged",
            SessionEventKind.NodeChanged => "nodeStatusChanged",
            SessionEventKind.AttemptBegan => "attemptBegan",
            SessionEventKind.EngineSaid => "engineEvent",
            _ => "unknown",
        },
        Attempt = one.Epoch,
        Node = one.Node,
        Status = NameOf(one.Status, one.NodeStatus),
        Previous = NameOf(one.PreviousStatus, one.PreviousNodeStatus),
        Instance = one.Instance,
        Reason = one.Reason,
        EventType = one.Said?.Type,
        Event = MessageOf(one.Said),
        EventBytes = MessageOf(one.Said) is null ? one.Said?.Length : null,
    };

    private static RawJson? MessageOf(EngineEvent? said) => said is not null && JsonText.IsOne(said.Message.Span) ? new(said.Message) : null;

    private static string? NameOf(SessionStatus? session, SubSessionStatus? node) =>
        session is { } status ? SessionStatusNames.Of(status) : node is { } part ? NodeStatusNames.Of(part) : null;
}
