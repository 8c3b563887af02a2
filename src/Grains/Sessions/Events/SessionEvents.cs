namespace BlueEdge.Sessions.Events;

/// <summary>What happened to a session, seen from its state before and after one step. Pure.</summary>
internal static class SessionEvents
{
    /// <summary>
    /// The state with the events of one step noted in it: first its nodes' in the order of the spec, then the session's own. One that
    /// keeps no events is given back as it is.
    /// </summary>
    public static SessionState Note(this SessionState after, SessionSpec spec, SessionState before, DateTimeOffset now)
    {
        if (!spec.KeepsEvents || ReferenceEquals(before, after))
        {
            return after;
        }

        var news = after.News.ToBuilder();
        for (var i = 0; i < before.Nodes.Length; i++)
        {
            // A node that waits again is part of the session's own next attempt.
            if (after.Nodes[i] is var node && node.Status != before.Nodes[i].Status && node.Status is not SubSessionStatus.Waiting)
            {
                news.Add(Event(SessionEventKind.NodeChanged) with
                {
                    Node = spec.Nodes[i].Name,
                    NodeStatus = node.Status,
                    PreviousNodeStatus = before.Nodes[i].Status,
                    Instance = node.Instance,
                    Reason = node.Error,
                });
            }
        }

        var isNew = before.Epoch == 0;
        if (isNew || before.Status != after.Status)
        {
            news.Add(Event(SessionEventKind.StatusChanged) with
            {
                Status = after.Status,
                PreviousStatus = isNew ? null : before.Status,
                Reason = after.Reason ?? (after.FormerAttempts.Length > before.FormerAttempts.Length ? after.FormerAttempts[^1].Reason : null),
            });
        }

        if (after.LeasedAt is not null && before.LeasedAt is null)
        {
            news.Add(Event(SessionEventKind.AttemptBegan));
        }

        return news.Count == after.News.Length ? after : after with { LastEvent = news[^1].Number, News = news.ToImmutable() };

        SessionEvent Event(SessionEventKind kind) => new()
        {
            Number = after.LastEvent + news.Count - after.News.Length + 1,
            At = now,
            Kind = kind,
            Epoch = after.Epoch,
        };
    }
}
