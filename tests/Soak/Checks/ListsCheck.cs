using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>At the end the lists have every ended session, where it belongs, once.</summary>
internal static class ListsCheck
{
    private const string Name = "lists";

    /// <summary>What expires at about the time of the look may be in a list or not.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        if (history.Rest is not { } rest)
        {
            yield break;
        }

        foreach (var list in rest.Lists.Where(list => list.Status is not ("finished" or "failed" or "canceled") && !list.SessionIds.IsEmpty))
        {
            yield return new(Name, rest.At, $"{list.Gateway} lists {list.SessionIds.Length} as {list.Status}, when all have ended.") { SessionId = list.SessionIds[0] };
        }

        foreach (var list in rest.Lists)
        {
            foreach (var twice in list.SessionIds.CountBy(id => id).Where(count => count.Value > 1))
            {
                yield return new(Name, rest.At, $"{list.Gateway} lists it {twice.Value} times as {list.Status}.") { SessionId = twice.Key };
            }
        }

        var listed = rest.Lists.ToDictionary(list => (list.Gateway, list.Status), list => list.SessionIds.ToHashSet(StringComparer.Ordinal));
        foreach (var (plan, id, acceptedAt, readings) in SessionsOf.Accepted(history))
        {
            if (SessionsOf.FirstEnd(readings) is not { View: { } view } || acceptedAt + history.Limits.Retention < rest.At + Slack)
            {
                continue;
            }

            foreach (var gateway in rest.Lists.Select(list => list.Gateway).Distinct(StringComparer.Ordinal))
            {
                if (!listed[(gateway, view.Status)].Contains(id))
                {
                    yield return new(Name, rest.At, $"{gateway} does not list it as {view.Status}.") { Session = plan.Number, SessionId = id };
                }
            }
        }
    }
}
