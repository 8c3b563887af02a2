using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>The times without an accepted session, and which fault each came of.</summary>
internal static class Gaps
{
    /// <summary>One of each is enough.</summary>
    private static readonly string[][] Needed = [["gateway", "embedded"], ["silo", "embedded"], ["redis", "embedded"]];

    /// <summary>The longest gap after each fault until the next began; those before the first fault have no cause.</summary>
    public static IEnumerable<Gap> Find(SoakHistory history)
    {
        if (history.Submissions.IsEmpty)
        {
            return [];
        }

        var last = history.Submissions.Max(submission => submission.Ended);
        var accepted = history.Submissions.Where(submission => submission.IsAccepted).Select(submission => submission.Ended).Append(TimeSpan.Zero).Append(last).Order().ToList();
        var outages = history.Outages.Where(outage => outage.Began < last).OrderBy(outage => outage.Began).ToList();
        return
            from pair in accepted.Zip(accepted.Skip(1))
            from part in Whole(outages, history, pair.First, pair.Second)
            let gap = new Gap(part.From, part.To, outages.LastOrDefault(outage => outage.Began < part.To))
            group gap by gap.Cause into gaps
            select gaps.OrderByDescending(gap => gap.Length).First();
    }

    /// <summary>The parts of a time in which enough ran.</summary>
    private static IEnumerable<(TimeSpan From, TimeSpan To)> Whole(List<Outage> outages, SoakHistory history, TimeSpan from, TimeSpan to)
    {
        var parts = history.Parts;
        var edges = outages.SelectMany(outage => new[] { outage.Began, outage.Undone }).Where(at => at > from && at < to).Append(from).Append(to).Order().ToList();
        TimeSpan? begin = null;
        foreach (var (left, right) in edges.Zip(edges.Skip(1)))
        {
            var middle = (left + right) / 2;
            var isWhole = Needed.All(roles => parts.Any(part => roles.Contains(part.Split('-')[0], StringComparer.Ordinal)
                && !outages.Exists(outage => outage.Part == part && outage.Began <= middle && middle < outage.Undone)));
            if (!isWhole)
            {
                if (begin is { } began)
                {
                    yield return (began, left);
                }

                begin = null;
            }
            else
            {
                begin ??= left;
            }
        }

        if (begin is { } open)
        {
            yield return (open, to);
        }
    }
}
