using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>What happened to a session, seen from its state before and after one step. Pure.</summary>
public static class SessionEvents
{
    /// <summary>So many of a session's events are kept, the newest: an engine may say something for as long as it runs.</summary>
    public const int MostKept = 10_000;

    /// <summary>Whether what happens to the session is noted: its caller reads it, or somebody listens.</summary>
    public static bool KeepsEvents(this SessionState state, SessionSpec spec) => spec.KeepsEvents || state.Told is not null;

    /// <summary>
    /// The state with the events of one step noted in it: first its nodes' in the order of the spec, then the session's own. One that
    /// keeps no events is given back as it is.
    /// </summary>
    public static SessionState Note(this SessionState after, SessionSpec spec, SessionState before, DateTimeOffset now) =>
        ReferenceEquals(before, after) || !after.KeepsEvents(spec)
            ? after
            : after.Add([.. NodesChanged(spec, before, after), .. SessionChanged(before, after)], now);

    /// <summary>What a step brought that was stored: the events that were noted in it, or, of a session that keeps none, what can be seen, without numbers.</summary>
    public static ImmutableArray<SessionEvent> Of(SessionSpec spec, SessionState before, SessionState after, DateTimeOffset now) => after.KeepsEvents(spec)
        ? after.News
        : [.. NodesChanged(spec, before, after).Concat(SessionChanged(before, after)).Select(one => one with { At = now, Epoch = after.Epoch })];

    /// <summary>The state with what a node's engine said noted in it. What is repeated, late or of another attempt changes nothing.</summary>
    /// <exception cref="BlueEdgeException">Events before the first one are missing.</exception>
    public static SessionState Hear(this SessionState state, SessionSpec spec, EngineEventReport report, DateTimeOffset now)
    {
        var index = SessionTransitions.IndexOf(spec, report.Node);
        if (!state.IsRunning || state.Epoch != report.Epoch || index < 0 || state.Nodes[index] is not { IsOver: false, EventsHeard: var heard } node || !state.KeepsEvents(spec))
        {
            return state;
        }

        if (report.First > heard)
        {
            throw new BlueEdgeException($"The session has {heard} events of node '{report.Node}' in attempt {report.Epoch} and was given number {report.First}: events between are missing. Report them first.");
        }

        var unheard = report.Events.Skip((int)(heard - report.First)).ToImmutableArray();
        return unheard.IsEmpty
            ? state
            : (state with { Nodes = state.Nodes.SetItem(index, node with { EventsHeard = heard + unheard.Length }) })
                .Add([.. unheard.Select(said => Event(SessionEventKind.EngineSaid) with { Node = report.Node, Instance = node.Instance, Said = said })], now);
    }

    /// <summary>A node that waits again is part of the session's own next attempt.</summary>
    private static IEnumerable<SessionEvent> NodesChanged(SessionSpec spec, SessionState before, SessionState after)
    {
        for (var i = 0; i < before.Nodes.Length; i++)
        {
            if (after.Nodes[i] is var node && node.Status != before.Nodes[i].Status && node.Status is not SubSessionStatus.Waiting)
            {
                yield return Event(SessionEventKind.NodeChanged) with
                {
                    Node = spec.Nodes[i].Name,
                    NodeStatus = node.Status,
                    PreviousNodeStatus = before.Nodes[i].Status,
                    Instance = node.Instance,
                    Reason = node.Error,
                };
            }
        }
    }

    private static IEnumerable<SessionEvent> SessionChanged(SessionState before, SessionState after)
    {
        var isNew = before.Epoch == 0;
        if (isNew || before.Status != after.Status)
        {
            yield return Event(SessionEventKind.StatusChanged) with
            {
                Status = after.Status,
                PreviousStatus = isNew ? null : before.Status,
                Reason = after.Reason ?? (after.FormerAttempts.Length > before.FormerAttempts.Length ? after.FormerAttempts[^1].Reason : null),
            };
        }

        if (after.LeasedAt is not null && before.LeasedAt is null)
        {
            yield return Event(SessionEventKind.AttemptBegan);
        }
    }

    /// <summary>Its number, time and attempt are given where it is added.</summary>
    private static SessionEvent Event(SessionEventKind kind) => new() { Number = 0, At = default, Kind = kind, Epoch = 0 };

    private static SessionState Add(this SessionState state, ImmutableArray<SessionEvent> events, DateTimeOffset now) => events.IsEmpty ? state : state with
    {
        LastEvent = state.LastEvent + events.Length,
        News = [.. state.News, .. events.Select((one, place) => one with { Number = state.LastEvent + place + 1, At = now, Epoch = state.Epoch })],
    };
}
