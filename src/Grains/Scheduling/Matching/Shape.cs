using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// All waiting sessions of a tenant that ask for the same slots of the same engines. Whether one of them can start is the
/// same for all, so only the first is ever looked at.
/// </summary>
internal sealed class Shape(
    Tenant tenant, ImmutableArray<EngineDemand> demands, EngineState[] engines, TenantShare[] shares, int[] slots, PendingSessions sessions)
{
    private bool _isServable;

    public Tenant Tenant => tenant;

    public ImmutableArray<EngineDemand> Demands => demands;

    /// <summary>In the order the sessions named them.</summary>
    public EngineState[] Engines => engines;

    /// <summary>Its tenant at each engine.</summary>
    public TenantShare[] Shares => shares;

    /// <summary>Slots of each engine.</summary>
    public int[] Slots => slots;

    /// <summary>Whether its sessions need more than one slot in all, so that others may start past them while slots gather.</summary>
    public bool IsWide { get; } = slots.Length > 1 || slots[0] > 1;

    public OrderedQueue Starving { get; } = new(sessions, byRank: false, withThresholds: false);

    public OrderedQueue Regular { get; } = new(sessions, byRank: true, withThresholds: false);

    public int Count => Starving.Count + Regular.Count;

    /// <summary>The session that is served first.</summary>
    public int Head => Starving.Count > 0 ? Starving.First : Regular.First;

    /// <summary>Its place among the heads; kept, so that heaps need not look for it.</summary>
    public ServiceKey HeadKey { get; private set; }

    /// <summary>Engines of which it could have too few slots even if all of them were free.</summary>
    public int Lacking { get; private set; }

    /// <summary>Which of its engines it is whose slots it waits for, or null while it waits for none.</summary>
    public int? ParkedAt { get; set; }

    /// <summary>Whether it has starving sessions that the instances could serve.</summary>
    public bool Gathers { get; set; }

    /// <summary>Whether freed slots of all its engines gather for its first starving session.</summary>
    public bool Claims { get; set; }

    /// <summary>Reads the head anew; says whether it is another one.</summary>
    public bool ReadHead()
    {
        var before = HeadKey;
        HeadKey = Starving.Count > 0
            ? new(Starving: true, Starving.KeyOf(Starving.First))
            : new(Starving: false, Regular.KeyOf(Regular.First));
        return HeadKey != before;
    }

    /// <summary>Enters it among the shapes of its engines that could be served, or takes it out of them, as it stands.</summary>
    public void NoteServable()
    {
        var (was, isNow) = (_isServable, Count > 0 && Lacking == 0);
        for (var i = 0; i < engines.Length; i++)
        {
            if (was && isNow)
            {
                engines[i].Servable.Update(this, shares[i]);
            }
            else if (isNow)
            {
                engines[i].Servable.Add(this, shares[i]);
            }
            else if (was)
            {
                engines[i].Servable.Remove(this, shares[i]);
            }
        }

        _isServable = isNow;
    }

    /// <summary>Counts the lacking engines anew; says whether that changed if the shape can be served at all.</summary>
    public bool CountLacking()
    {
        var before = Lacking;
        Lacking = 0;
        for (var i = 0; i < engines.Length; i++)
        {
            if (IsBeyond(i))
            {
                Lacking++;
            }
        }

        return before == 0 != (Lacking == 0);
    }

    /// <summary>Whether it needs more of the engine at this index than the instances have, or its tenant may hold.</summary>
    public bool IsBeyond(int index) => slots[index] > Math.Min(engines[index].Supply.Capacity, tenant.MostSlots);

    /// <summary>How many slots it needs of the engine at which its tenant has this share.</summary>
    public int SlotsAt(TenantShare share) => slots[Array.IndexOf(shares, share)];

    /// <summary>Whether its turn has come to gather slots: its tenant may hold as many as it needs, and has no older one that gathers.</summary>
    public bool MayClaim()
    {
        for (var i = 0; i < shares.Length && Gathers; i++)
        {
            if (shares[i].Gathering is { } gathering && (gathering.First != this || slots[i] > shares[i].Room))
            {
                return false;
            }
        }

        return Gathers;
    }

    /// <summary>Whether the engine at this index has too few slots now, for the head or for one behind it.</summary>
    public bool Lacks(int index, bool head) =>
        slots[index] > (Claims && head ? engines[index].Supply.Free : engines[index].AvailableTo(new(shares[index], this)));

    /// <summary>Whether both need a slot of the same engine.</summary>
    public bool Competes(Shape other) => engines.AsSpan().ContainsAny(other.Engines);

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
