using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>When all has ended nothing waits or works, and every slot of every host is free.</summary>
internal static class RestCheck
{
    private const string Name = "at rest";

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        if (history.Rest is not { } rest)
        {
            yield return new(Name, history.Ended, "It could not be seen how things are at the end: nothing answered.");
            yield break;
        }

        foreach (var engine in rest.Engines)
        {
            if (engine is not { Waiting: 0, Working: 0, Busy: 0, Draining: 0 } || engine.Free != engine.Slots || engine.Instances != rest.Instances)
            {
                yield return new(Name, rest.At,
                    $"{engine.Gateway} says of engine '{engine.Engine}': {engine.Waiting} waiting, {engine.Working} working, {engine.Busy} slots busy, {engine.Free} of {engine.Slots} free, {engine.Instances} of {rest.Instances} instances, {engine.Draining} draining.");
            }
        }

        foreach (var part in rest.NotReady)
        {
            yield return new(Name, rest.At, $"{part}.");
        }
    }
}
