using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// All waiting sessions that ask for the same slots of the same engines. Whether one of them can start is the same for
/// all, so only the first is ever looked at.
/// </summary>
internal sealed class Shape(
    ImmutableArray<EngineDemand> demands, EngineState[] engines, int[] slots, PendingSessions sessions)
{
    public ImmutableArray<EngineDemand> Demands => demands;

    /// <summary>In the order the sessions named them.</summary>
    public EngineState[] Engines => engines;

    /// <summary>Slots of each engine.</summary>
    public int[] Slots => slots;

    public OrderedQueue Starving { get; } = new(sessions, byRank: false, withThresholds: false);

    public OrderedQueue Regular { get; } = new(sessions, byRank: true, withThresholds: false);

    public int Count => Starving.Count + Regular.Count;

    /// <summary>The session that is served first.</summary>
    public int Head => Starving.Count > 0 ? Starving.First : Regular.First;

    /// <summary>Its place among the heads; kept, so that heaps need not look for it.</summary>
    public ServiceKey HeadKey { get; private set; }

    /// <summary>Engines whose instances have too few slots even when all of them are free.</summary>
    public int Lacking { get; private set; }

    /// <summary>The engine whose slots it waits for, or null while it waits for none.</summary>
    public EngineState? ParkedAt { get; set; }

    /// <summary>How many slots of that engine it needs.</summary>
    public int ParkedFor { get; set; }

    /// <summary>Whether freed slots of all its engines gather for its first starving session.</summary>
    public bool Claims { get; set; }

    /// <summary>Reads the head anew.</summary>
    public void ReadHead() => HeadKey = Starving.Count > 0
        ? new(Starving: true, Starving.KeyOf(Starving.First))
        : new(Starving: false, Regular.KeyOf(Regular.First));

    /// <summary>Counts the lacking engines anew; says whether that changed if the shape can be served at all.</summary>
    public bool CountLacking()
    {
        var before = Lacking;
        Lacking = 0;
        for (var i = 0; i < engines.Length; i++)
        {
            if (engines[i].Supply.Capacity < slots[i])
            {
                Lacking++;
            }
        }

        return before == 0 != (Lacking == 0);
    }

    /// <summary>Whether the engine at this index has too few slots now, for the head or for one behind it.</summary>
    public bool Lacks(int index, bool head) =>
        slots[index] > (Claims && head ? engines[index].Supply.Free : engines[index].Available);

    /// <summary>Whether the head can start.</summary>
    public bool Fits()
    {
        for (var i = 0; i < engines.Length; i++)
        {
            if (Lacks(i, head: true))
            {
                return false;
            }
        }

        return true;
    }
}
