using BlueEdge.Engines;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>One engine: the slots it has, the tenants whose sessions wait for it, and what has been promised of it.</summary>
internal sealed class EngineState(string id, PendingSessions sessions, TurnOrder order)
{
    private readonly Dictionary<Tenant, TenantShare> _shares = new(ReferenceEqualityComparer.Instance);
    private readonly IndexedHeap<TenantShare> _byAge = new(Comparer<TenantShare>.Create((x, y) => x.MinTicks.CompareTo(y.MinTicks)));
    private long _furthest;

    public string Id => id;

    /// <summary>Null for an engine that sessions ask for and that neither joined nor was registered, or was forgotten.</summary>
    public EngineDefinition? Definition { get; set; }

    public EngineSupply Supply { get; } = new();

    /// <summary>Tenants of which sessions wait for it, or hold slots of it.</summary>
    public IReadOnlyCollection<TenantShare> Shares => _shares.Values;

    /// <summary>How many sessions ever started on it.</summary>
    public long Starts { get; private set; }

    /// <summary>Sessions that wait.</summary>
    public int Pending { get; private set; }

    /// <summary>Nodes of sessions that wait.</summary>
    public int WaitingNodes { get; private set; }

    /// <summary>Those of them for which their tenants may have slots.</summary>
    public int WantedNodes { get; private set; }

    /// <summary>Nodes that hold a lease.</summary>
    public int LeasedNodes { get; private set; }

    /// <summary>Attempts that hold a lease and are not confirmed.</summary>
    public int Queuing { get; set; }

    /// <summary>When the oldest session that waits was submitted; <see cref="long.MaxValue"/> where none does.</summary>
    public long MinTicks => _byAge.First?.MinTicks ?? long.MaxValue;

    /// <summary>The shapes that contain it.</summary>
    public HashSet<Shape> Shapes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those of them that could be served by the instances there are, by the tenants that are not to be passed.</summary>
    public ShapesByTurn Servable { get; } = new(order.Passing);

    /// <summary>The shapes that wait for its slots.</summary>
    public ParkingLot Lot { get; } = new(order);

    /// <summary>The shapes that contain it, have starving sessions, and could be served by the instances there are.</summary>
    public IndexedHeap<Shape> Claims { get; } = new(ServiceOrder.Default);

    /// <summary>The shape for which freed slots gather, and its tenant, or null.</summary>
    public Turn? Claim { get; private set; }

    /// <summary>How many slots are kept for the claimant.</summary>
    public int Claimed { get; private set; }

    /// <summary>Free slots that are not kept for a starving session.</summary>
    public int Available => Math.Max(0, Supply.Free - Claimed);

    /// <summary>Whether more became available since the last match.</summary>
    public bool Touched { get; set; }

    /// <summary>Free slots that a tenant's sessions may take: what is kept for another's is so only from those that come after it.</summary>
    public int AvailableTo(in Turn turn) =>
        Math.Min(turn.Share.RoomFor(turn.Shape), Claim is { } claim && claim.Share != turn.Share && order.IsBefore(turn, claim) ? Supply.Free : Available);

    public TenantShare? FindShare(Tenant tenant) => _shares.GetValueOrDefault(tenant);

    public TenantShare ShareOf(Tenant tenant)
    {
        if (!_shares.TryGetValue(tenant, out var share))
        {
            _shares.Add(tenant, share = new(tenant, sessions));
        }

        return share;
    }

    /// <summary>A session begins to wait.</summary>
    /// <param name="share">Its tenant here.</param>
    /// <param name="handle">The session.</param>
    /// <param name="slots">How many slots it needs.</param>
    /// <param name="bound">How many starts past it, beyond those of the sessions ahead, make it starving.</param>
    public void Enqueue(TenantShare share, int handle, int slots, int bound)
    {
        var isFirst = share.Count == 0;
        if (isFirst)
        {
            share.Begin(_furthest, Starts);
        }

        // Those ahead of it now do not pass it over; whatever starts beyond them does.
        share.Regular.Add(handle, share.Starts + share.Starving.Count + bound);
        Pending++;
        ChangeNodes(share, slots, leased: 0);
        if (isFirst)
        {
            _byAge.Add(share);
        }
        else
        {
            _byAge.Update(share);
        }
    }

    /// <summary>A session waits no more.</summary>
    public void Dequeue(TenantShare share, int handle, int slots, bool starving)
    {
        (starving ? share.Starving : share.Regular).Remove(handle);
        Pending--;
        ChangeNodes(share, -slots, leased: 0);
        if (share.Count > 0)
        {
            _byAge.Update(share);
            return;
        }

        _byAge.Remove(share);
        ForgetIfIdle(share);
    }

    /// <summary>A session starts, which has its leases and waits no more.</summary>
    public void Start(TenantShare share, int slots)
    {
        _furthest = Math.Max(_furthest, share.Given);
        share.Start(slots, ++Starts);
        Reorder(share);
    }

    /// <summary>A tenant has more or fewer slots than before.</summary>
    public TenantShare Lease(Tenant tenant, int slots)
    {
        var share = ShareOf(tenant);
        ChangeNodes(share, waiting: 0, slots);
        Reorder(share);
        ForgetIfIdle(share);
        return share;
    }

    /// <summary>The shape past which a session of another tenant that is about to start goes, though its own is before that or has waited for too long.</summary>
    public Shape? FindPassed(TenantShare starting) =>
        Servable is { IsEmpty: false, First: { HasRoom: true } first } && first.Share != starting && order.IsPassed(first.Share, starting, Starts) ? first.Shape : null;

    /// <summary>Keeps freed slots for the first session of a shape, or for nobody any more.</summary>
    public void Keep(Turn? claim, int slots) => (Claim, Claimed) = (claim, slots);

    /// <summary>A tenant's turn came nearer, or went off.</summary>
    public void Reorder(TenantShare share)
    {
        Servable.Reorder(share);
        Lot.Reorder(share);
    }

    private void ChangeNodes(TenantShare share, int waiting, int leased)
    {
        var wanted = share.WantedNodes;
        share.WaitingNodes += waiting;
        share.Leased += leased;
        WaitingNodes += waiting;
        LeasedNodes += leased;
        WantedNodes += share.WantedNodes - wanted;
    }

    private void ForgetIfIdle(TenantShare share)
    {
        if (share is { Count: 0, Leased: 0 })
        {
            _shares.Remove(share.Tenant);
        }
    }
}
