using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Which sessions are submitted: the same for the same seed and number.</summary>
internal static class LoadPlan
{
    private static readonly (int Weight, Func<SessionDraft, PlannedSession> Make)[] Kinds =
    [
        (20, SingleEngines.Hello),
        (8, SingleEngines.Relay),
        (12, SingleEngines.Delay),
        (6, SingleEngines.Fail),
        (5, SingleEngines.Stop),
        (20, Workflows.Chain),
        (10, Workflows.Fan),
        (7, Workflows.DelayChain),
        (3, Workflows.StopChain),
        (4, Workflows.Large),
        (1, Workflows.ByReference),
        (4, Workflows.Latest),
    ];

    private static readonly int Total = Kinds.Sum(kind => kind.Weight);

    public static PlannedSession Create(int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var pick = random.Next(Total);
        foreach (var (weight, make) in Kinds)
        {
            if (pick < weight)
            {
                return make(new(seed, number, random));
            }

            pick -= weight;
        }

        throw new InvalidOperationException("The weights do not make up their total.");
    }

    /// <summary>The same in every process, which <see cref="System.HashCode"/> is not.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + (number * 7_919));
}
