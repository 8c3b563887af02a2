using System.Collections.Immutable;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A finished session has exactly the results that its items give.</summary>
internal static class ResultsCheck
{
    private const string Name = "exact results";
    private const int MostShown = 12;

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        foreach (var (plan, id, _, readings) in SessionsOf.Accepted(history))
        {
            if (SessionsOf.FirstEnd(readings) is not { View: { Status: "finished" } view } end)
            {
                continue;
            }

            if (plan.Expected.Status is not "finished")
            {
                yield return new(Name, end.Ended, $"It was to be {plan.Expected.Status}, and finished.") { Session = plan.Number, SessionId = id };
            }
            else if (!Holds(plan.Expected, view.Items))
            {
                yield return new(Name, end.Ended,
                    $"It finished with {view.Items.Length} items, where {plan.Expected.Items.Length * plan.Expected.Writers} were expected ({plan.Expected.Order}). Expected: {Show(plan.Expected.Items)}. Found: {Show(view.Items)}.")
                {
                    Session = plan.Number,
                    SessionId = id,
                };
            }
        }
    }

    private static bool Holds(ExpectedEnd expected, ImmutableArray<string> found) => expected.Order switch
    {
        ItemOrder.Exact => expected.Items.SequenceEqual(found),
        ItemOrder.Mixed => AreMixed(expected, found),
        _ => AreLatest(expected.Items, found),
    };

    /// <summary>So many copies of a sequence, mixed: no item comes more often than the one before it has by then.</summary>
    private static bool AreMixed(ExpectedEnd expected, ImmutableArray<string> found)
    {
        var counts = new int[expected.Items.Length];
        foreach (var item in found)
        {
            var index = expected.Items.IndexOf(item);
            if (index < 0 || ++counts[index] > (index == 0 ? expected.Writers : counts[index - 1]))
            {
                return false;
            }
        }

        return counts.All(count => count == expected.Writers);
    }

    private static bool AreLatest(ImmutableArray<string> expected, ImmutableArray<string> found)
    {
        var next = 0;
        foreach (var item in found)
        {
            next = expected.IndexOf(item, next) + 1;
            if (next == 0)
            {
                return false;
            }
        }

        return found.Length > 0 && next == expected.Length;
    }

    private static string Show(ImmutableArray<string> items) =>
        items.Length <= MostShown ? string.Join(' ', items) : $"{string.Join(' ', items.Take(MostShown))} …";
}
