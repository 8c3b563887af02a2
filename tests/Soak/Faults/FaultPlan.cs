using System.Collections.Immutable;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Faults;

/// <summary>Which faults come when: the same for the same seed, length and parts.</summary>
internal static class FaultPlan
{
    /// <summary>So that there is something to be broken.</summary>
    private const double FirstAt = 8;

    /// <summary>What the last needs to be undone.</summary>
    private const double LastBefore = 12;

    public static IReadOnlyList<PlannedFault> Create(int seed, TimeSpan length, IReadOnlyList<string> parts)
    {
        var random = new Random(seed);
        var plan = new List<PlannedFault>();
        var deck = new Queue<(string Fault, ImmutableArray<string> Parts)>();
        for (var at = FirstAt; at < length.TotalSeconds - LastBefore;)
        {
            if (deck.Count == 0)
            {
                // Each kind once before any comes again.
                deck = new(Shuffle(Kinds(random, parts), random));
            }

            var (fault, hit) = deck.Dequeue();
            var duration = Duration(fault, random);
            plan.Add(new(TimeSpan.FromSeconds(at), fault, hit, TimeSpan.FromSeconds(duration)));

            // One in four comes into the one before it.
            at += random.Next(4) == 0 ? 1 + (3 * random.NextDouble()) : duration + (fault == Outage.Pause ? 3 : 8) + (6 * random.NextDouble());
        }

        return plan;
    }

    /// <summary>One of each role's parts for each kind of fault; and all of a role, and all there are, killed at once.</summary>
    private static List<(string Fault, ImmutableArray<string> Parts)> Kinds(Random random, IReadOnlyList<string> parts)
    {
        var kinds = new List<(string, ImmutableArray<string>)>();
        foreach (var role in parts.GroupBy(part => part.Split('-')[0], StringComparer.Ordinal).Select(role => role.ToImmutableArray()))
        {
            kinds.AddRange(from fault in new[] { Outage.Kill, Outage.Stop, Outage.Pause } select (fault, ImmutableArray.Create(role[random.Next(role.Length)])));
            if (role is { Length: > 1 } && !role[0].StartsWith("gateway", StringComparison.Ordinal))
            {
                kinds.Add((Outage.Kill, role));
                kinds.AddRange(from fault in new[] { Outage.Kill, Outage.Pause } select (fault, ImmutableArray.Create(role[random.Next(role.Length)])));
            }
        }

        if (parts.Count > 1)
        {
            kinds.Add((Outage.Kill, [.. parts]));
        }

        return kinds;
    }

    /// <summary>1 to 20 s of a pause, more often short; up to 8 s until what was killed is started again, 3 s for what was stopped.</summary>
    private static double Duration(string fault, Random random)
    {
        var part = random.NextDouble();
        return fault switch
        {
            Outage.Pause => 1 + (19 * part * part),
            Outage.Kill => 0.2 + (7.8 * part * part),
            _ => 3 * part,
        };
    }

    private static T[] Shuffle<T>(List<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
