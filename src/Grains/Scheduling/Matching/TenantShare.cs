namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A tenant at one engine: its sessions that wait there, the slots that it holds, and when its turn is.</summary>
internal sealed class TenantShare(Tenant tenant, PendingSessions sessions)
{
    /// <summary>What a slot counts, for a tenant of weight 1: weights up to 16 divide it without rest.</summary>
    private const long Slot = 720_720;

    public Tenant Tenant => tenant;

    /// <summary>Sessions that were passed over too often, oldest first: they come before the others.</summary>
    public OrderedQueue Starving { get; } = new(sessions, byRank: false, withThresholds: false);

    /// <summary>The other sessions, by rank, then age; each with the number of starts at which it is starving.</summary>
    public OrderedQueue Regular { get; } = new(sessions, byRank: true, withThresholds: true);

    /// <summary>Sessions that wait.</summary>
    public int Count => Starving.Count + Regular.Count;

    /// <summary>When the oldest that waits was submitted; <see cref="long.MaxValue"/> where none does.</summary>
    public long MinTicks => Math.Min(Starving.MinTicks, Regular.MinTicks);

    /// <summary>How many of its sessions started on the engine.</summary>
    public long Starts { get; private set; }

    /// <summary>Nodes of those sessions.</summary>
    public int WaitingNodes { get; set; }

    /// <summary>Slots that it holds.</summary>
    public int Leased { get; set; }

    /// <summary>How many more it may hold; less than none where it was given more before.</summary>
    public int Room => tenant.MostSlots - Leased;

    /// <summary>Nodes that wait, as far as it may have slots for them.</summary>
    public int WantedNodes => Math.Min(WaitingNodes, Math.Max(0, Room));

    /// <summary>Of a bounded tenant: shapes with starving sessions that the instances could serve. Its room here is kept for the first of them.</summary>
    public IndexedHeap<Shape>? Gathering { get; } = tenant.IsBounded ? new(ServiceOrder.Default) : null;

    /// <summary>Slots that it holds, in units of its weight: who has fewer is served first.</summary>
    public int Level => Leased / tenant.Weight;

    /// <summary>What it was given so far, divided by its weight: among equals who had less is served first.</summary>
    public long Given { get; private set; }

    /// <summary>How many sessions had started on the engine when one of this tenant did last, or when it began to wait.</summary>
    public long ServedAt { get; private set; }

    /// <summary>How many more slots the sessions of one of its shapes may have here.</summary>
    public int RoomFor(Shape shape) => Gathering is null ? int.MaxValue
        : Gathering.First is { } first && ServiceOrder.Default.Compare(first, shape) < 0 ? Room - first.SlotsAt(this)
        : Room;

    /// <summary>How many wait that come before a session by being starving or by rank, whosever they are.</summary>
    public int CountHigher(in PendingSession session) =>
        session.Starving ? 0 : Starving.Count + Regular.CountBefore(new(QueueKey.OrderOf(session.Rank), long.MinValue, 0));

    /// <summary>How many of those wait, and of those that are equal to it.</summary>
    public int CountNotLower(in PendingSession session) =>
        session.Starving ? Starving.Count : Starving.Count + Regular.CountBefore(new(QueueKey.OrderOf(session.Rank), long.MaxValue, 0));

    /// <summary>It begins to wait: what it did not ask for before is not made up for.</summary>
    public void Begin(long furthest, long starts) => (Given, ServedAt) = (Math.Max(Given, furthest), starts);

    /// <summary>A session of it starts.</summary>
    public void Start(int slots, long starts)
    {
        Starts++;
        Given += slots * Slot / tenant.Weight;
        ServedAt = starts;
    }
}
