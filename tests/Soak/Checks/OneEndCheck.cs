using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A session has one end, which never changes, whoever is asked; and its attempts only grow.</summary>
internal static class OneEndCheck
{
    private const string Name = "one end";

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        foreach (var (plan, id, _, readings) in SessionsOf.Accepted(history))
        {
            var views = readings.Where(reading => reading.View is not null).ToList();
            if (SessionsOf.FirstEnd(views) is { } end
                && views.Find(reading => reading.View!.HasEnded ? !reading.View.IsSameAs(end.View!) : reading.Began >= end.Ended) is { } other)
            {
                yield return new(Name, other.Ended,
                    $"It had ended as: {end.View} ({end.Gateway}, {end.Ended.TotalSeconds:0.0} s). Then it was told as: {other.View} ({other.Gateway}).{Difference(end.View!, other.View!)}")
                {
                    Session = plan.Number,
                    SessionId = id,
                };
            }

            if (views.Zip(views.Skip(1)).FirstOrDefault(pair => pair.Second.Began >= pair.First.Ended && pair.Second.View!.Attempt < pair.First.View!.Attempt) is (not null, not null) back)
            {
                yield return new(Name, back.Second.Ended, $"It was in attempt {back.First.View!.Attempt}, and then in {back.Second.View!.Attempt}.") { Session = plan.Number, SessionId = id };
            }
        }
    }

    private static string Difference(SessionView one, SessionView other) =>
        one.Items.SequenceEqual(other.Items) ? "" : $" Items: {string.Join(' ', one.Items.Except(other.Items).Take(3))} against {string.Join(' ', other.Items.Except(one.Items).Take(3))}.";
}
