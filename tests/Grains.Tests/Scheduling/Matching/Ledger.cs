using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>
/// What happened, kept the naive way: lists, and every question answered by going through them. It decides nothing; it
/// takes in the messages and the model's grants, and says what the promises demand.
/// </summary>
internal sealed class Ledger(int bound, TenantTerms terms, RankScope scope)
{
    private readonly Dictionary<string, int> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Tenant, string Engine), TenantTurn> _turns = [];
    private readonly Dictionary<string, int> _furthest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);

    public List<Waiter> Waiting { get; } = [];

    public List<Holder> Leased { get; } = [];

    public Dictionary<string, Host> Hosts { get; } = new(StringComparer.Ordinal);

    public int Free(string engine) => HostsOf(engine).Sum(host => host.Free);

    public int Capacity(string engine) => Ready(engine).Sum(host => host.Attendance.Slots);

    public IEnumerable<Host> HostsOf(string engine) =>
        Hosts.Values.Where(host => string.Equals(host.Engine, engine, StringComparison.Ordinal));

    public IEnumerable<Host> Ready(string engine) => HostsOf(engine).Where(host => !host.Draining);

    /// <summary>A tenant's sessions that need the engine, in the order of service.</summary>
    public IEnumerable<Waiter> Queue(string engine, string? tenant) =>
        InOrder(WaitingFor(engine, tenant));

    public IEnumerable<Waiter> InOrder() => InOrder(Waiting);

    private static IEnumerable<Waiter> InOrder(IEnumerable<Waiter> waiting) => waiting
        .OrderByDescending(waiter => waiter.Starving)
        .ThenByDescending(waiter => waiter.Starving ? 0 : waiter.Request.Rank)
        .ThenBy(waiter => waiter.Request.SubmittedAt)
        .ThenBy(waiter => waiter.Request.SessionId, StringComparer.Ordinal);

    /// <summary>Slots that a tenant holds of an engine, in units of its weight.</summary>
    public int Level(string engine, string? tenant) =>
        Held(engine, tenant) / Weight(tenant);

    /// <summary>Slots that a tenant holds of an engine.</summary>
    public int Held(string engine, string? tenant) =>
        Leased.Where(holder => string.Equals(holder.Request.Tenant, tenant, StringComparison.Ordinal)).Sum(holder => holder.HeldOf(engine));

    /// <summary>How many more slots a tenant may hold of an engine.</summary>
    public int Room(string engine, string? tenant) => terms.SlotsOf(tenant) - Held(engine, tenant);

    /// <summary>How many of them a session may have: those that its tenant's first starving one needs are kept for that.</summary>
    public int RoomFor(string engine, Waiter waiter)
    {
        var gathers = Queue(engine, waiter.Tenant).FirstOrDefault(other => other.Starving && CanBeServed(other));
        var isBehind = gathers is not null && InOrder([waiter, gathers]).First() != waiter;
        return Room(engine, waiter.Tenant) - (isBehind && terms.SlotsOf(waiter.Tenant) < int.MaxValue ? gathers!.Needs(engine) : 0);
    }

    /// <summary>Nodes that wait for an engine, as far as their tenants may have slots for them.</summary>
    public int Wanted(string engine) => Waiting.GroupBy(waiter => waiter.Tenant, StringComparer.Ordinal)
        .Sum(tenant => Math.Min(tenant.Sum(waiter => waiter.Needs(engine)), Math.Max(0, Room(engine, tenant.Key))));

    private bool HasRoom(string engine, Waiter waiter) => RoomFor(engine, waiter) >= waiter.Needs(engine);

    /// <summary>Whether slots are kept for a session once it starves: not before its tenant may hold as many.</summary>
    private bool MayClaim(Waiter waiter) =>
        waiter.Starving && CanBeServed(waiter) &&
        (terms.SlotsOf(waiter.Tenant) == int.MaxValue || waiter.Request.Demands.All(demand =>
            HasRoom(demand.Engine, waiter) && Queue(demand.Engine, waiter.Tenant).First(other => other.Starving && CanBeServed(other)) == waiter));

    /// <summary>Whether an engine serves one tenant's session before another tenant's.</summary>
    public bool IsBefore(string engine, Waiter waiter, Waiter other) =>
        !waiter.IsOfTenantOf(other) && Place(engine, waiter).CompareTo(Place(engine, other)) < 0;

    public bool CanBeServed(Waiter waiter) =>
        waiter.Request.Demands.All(demand => Math.Min(Capacity(demand.Engine), terms.SlotsOf(waiter.Tenant)) >= demand.Slots);

    /// <summary>The session for which the engine's slots are kept: a starving one that no older starving one shares an engine with.</summary>
    public Waiter? Claimant(string engine)
    {
        var starving = InOrder().Where(MayClaim).ToList();
        return starving.FirstOrDefault(waiter => waiter.Needs(engine) > 0) is { } first &&
            starving.TakeWhile(waiter => waiter != first).All(older => !older.Competes(first))
            ? first
            : null;
    }

    public int Available(string engine, Waiter waiter)
    {
        var claimant = Claimant(engine);
        return Math.Min(RoomFor(engine, waiter), Free(engine) - (claimant is null || claimant == waiter || IsBefore(engine, waiter, claimant) ? 0 : Math.Min(Free(engine), claimant.Needs(engine))));
    }

    public bool CanStart(Waiter waiter) =>
        waiter.Request.Demands.All(demand => Available(demand.Engine, waiter) >= demand.Slots);

    public bool Enlist(EnlistRequest request)
    {
        var waiter = FindWaiter(request.SessionId);
        if (_ended.GetValueOrDefault(request.SessionId, -1) >= request.Epoch ||
            waiter?.Request.Epoch >= request.Epoch ||
            HoldersOf(request.SessionId).Any(holder => holder.Request.Epoch >= request.Epoch))
        {
            return false;
        }

        Waiting.RemoveAll(other => other == waiter);
        HoldersOf(request.SessionId).ToList().ForEach(End);

        waiter = new(request);
        foreach (var engine in request.Demands.Select(demand => demand.Engine).Where(engine => !WaitingFor(engine, request.Tenant).Any()))
        {
            var turn = TurnOf(engine, request.Tenant);
            turn.Given = Math.Max(Holds(engine, request.Tenant) ? turn.Given : 0, _furthest.GetValueOrDefault(engine));
            turn.ServedAt = _starts.GetValueOrDefault(engine);
        }

        Waiting.Add(waiter);
        foreach (var demand in request.Demands)
        {
            waiter.Ahead[demand.Engine] = Queue(demand.Engine, request.Tenant).TakeWhile(other => other != waiter).Count();
            waiter.Starts[demand.Engine] = 0;
        }

        return true;
    }

    public Holder Start(LeaseGrant grant)
    {
        var waiter = Assert.IsType<Waiter>(FindWaiter(grant.SessionId));
        var passed = waiter.Request.Demands.Select(demand => FindPassed(demand.Engine, waiter)).OfType<Waiter>().ToList();
        Waiting.Remove(waiter);
        foreach (var lease in grant.Leases)
        {
            Hosts[lease.Instance].Leased++;
            Hosts[lease.Instance].Warm = true;
        }

        foreach (var demand in waiter.Request.Demands)
        {
            var turn = TurnOf(demand.Engine, waiter.Tenant);
            _furthest[demand.Engine] = Math.Max(turn.Given, _furthest.GetValueOrDefault(demand.Engine));
            turn.Given += demand.Slots * TenantTurn.OfSlot / Weight(waiter.Tenant);
            turn.ServedAt = _starts[demand.Engine] = _starts.GetValueOrDefault(demand.Engine) + 1;
            foreach (var other in WaitingFor(demand.Engine, waiter.Tenant))
            {
                other.Starving |= ++other.Starts[demand.Engine] >= other.Ahead[demand.Engine] + bound;
            }
        }

        passed.ForEach(first => first.Starving |= first.IsWide || scope is RankScope.Global);
        var holder = new Holder(waiter.Request, grant);
        Leased.Add(holder);
        return holder;
    }

    public bool Withdraw(SessionAttempt attempt)
    {
        var waiter = FindWaiter(attempt.SessionId);
        var changed = waiter is not null && waiter.Request.Epoch <= attempt.Epoch && Waiting.Remove(waiter);
        foreach (var holder in HoldersOf(attempt.SessionId).Where(holder => holder.Request.Epoch <= attempt.Epoch).ToList())
        {
            changed = true;
            End(holder);
        }

        _ended[attempt.SessionId] = Math.Max(attempt.Epoch, _ended.GetValueOrDefault(attempt.SessionId, -1));
        return changed;
    }

    public bool Confirm(SessionAttempt attempt)
    {
        if (FindHolder(attempt.SessionId, attempt.Epoch) is not { Confirmed: false } holder)
        {
            return false;
        }

        holder.Confirmed = true;
        return true;
    }

    public bool Release(LeaseRelease release)
    {
        if (FindHolder(release.SessionId, release.Epoch) is not { } holder)
        {
            return false;
        }

        var changed = false;
        foreach (var (lease, total) in release.Released.Select(each => (each.Lease, each.Total)))
        {
            var granted = holder.Granted(lease);
            var freed = Math.Min(total, granted) - (granted - holder.Held.GetValueOrDefault(lease));
            if (freed > 0)
            {
                Free(holder, lease, freed);
                changed = true;
            }
        }

        EndIfOver(holder);
        return changed;
    }

    public bool Join(InstanceAttendance attendance)
    {
        if (_left.Contains(attendance.Instance))
        {
            return false;
        }

        if (!Hosts.TryGetValue(attendance.Instance, out var host))
        {
            Hosts.Add(attendance.Instance, new(attendance));
            return true;
        }

        var changed = host.Attendance.Slots != attendance.Slots;
        host.Attendance = attendance;
        return changed;
    }

    public bool Drain(string instance)
    {
        var changed = Hosts.TryGetValue(instance, out var host) && !host.Draining;
        host?.Draining = true;
        return changed;
    }

    /// <summary>Takes the instance away and answers with the attempts that lose leases.</summary>
    public List<Holder> Leave(string instance)
    {
        _left.Add(instance);
        Hosts.Remove(instance);
        var losers = Leased.Where(holder => holder.Held.Any(
            each => each.Value > 0 && string.Equals(each.Key.Instance, instance, StringComparison.Ordinal))).ToList();
        foreach (var holder in losers)
        {
            foreach (var lease in holder.Held.Keys.Where(lease => string.Equals(lease.Instance, instance, StringComparison.Ordinal)))
            {
                holder.Held[lease] = 0;
            }

            EndIfOver(holder);
        }

        return losers;
    }

    public bool HasLeft(string instance) => _left.Contains(instance);

    public Waiter? FindWaiter(string sessionId) =>
        Waiting.Find(waiter => string.Equals(waiter.Request.SessionId, sessionId, StringComparison.Ordinal));

    public Holder? FindHolder(string sessionId, int epoch) =>
        HoldersOf(sessionId).FirstOrDefault(holder => holder.Request.Epoch == epoch);

    private IEnumerable<Waiter> WaitingFor(string engine, string? tenant) =>
        Waiting.Where(waiter => string.Equals(waiter.Tenant, tenant, StringComparison.Ordinal) && waiter.Needs(engine) > 0);

    private static string NameOf(string? tenant) => tenant ?? "default";

    private int Weight(string? tenant) => terms.WeightOf(tenant);

    private bool Holds(string engine, string? tenant) =>
        Leased.Any(holder => string.Equals(holder.Request.Tenant, tenant, StringComparison.Ordinal) && holder.HeldOf(engine) > 0);

    private TenantTurn TurnOf(string engine, string? tenant)
    {
        if (!_turns.TryGetValue((tenant, engine), out var turn))
        {
            _turns.Add((tenant, engine), turn = new());
        }

        return turn;
    }

    private (long Rank, int Level, int Given, string Name) Place(string engine, Waiter waiter) => (
        scope is RankScope.Tenant ? 0 : waiter.Starving ? long.MinValue : -waiter.Request.Rank,
        Level(engine, waiter.Tenant),
        TurnOf(engine, waiter.Tenant).Given,
        NameOf(waiter.Tenant));

    /// <summary>
    /// The first session that could be served of the tenant whose turn it is, where that is another's than that of the one that starts; where ranks come before
    /// that, of the one that waits for longest, if the bound is reached.
    /// </summary>
    private Waiter? FindPassed(string engine, Waiter starting)
    {
        var tenants = Waiting.Where(waiter => waiter.Needs(engine) > 0 && CanBeServed(waiter)).Select(waiter => waiter.Tenant).Distinct(StringComparer.Ordinal)
            .Where(tenant => HasRoom(engine, Queue(engine, tenant).First(CanBeServed)) || (scope is RankScope.Tenant && string.Equals(tenant, starting.Tenant, StringComparison.Ordinal)))
            .ToList();
        if (tenants.Count == 0)
        {
            return null;
        }

        var next = scope is RankScope.Tenant
            ? tenants.MinBy(tenant => (Level(engine, tenant), TurnOf(engine, tenant).Given, NameOf(tenant)))
            : tenants.MinBy(tenant => (TurnOf(engine, tenant).ServedAt, Level(engine, tenant), TurnOf(engine, tenant).Given, NameOf(tenant)));
        return string.Equals(next, starting.Tenant, StringComparison.Ordinal) ||
            (scope is RankScope.Global && _starts.GetValueOrDefault(engine) - TurnOf(engine, next).ServedAt < bound)
            ? null
            : Queue(engine, next).First(CanBeServed);
    }

    private IEnumerable<Holder> HoldersOf(string sessionId) =>
        Leased.Where(holder => string.Equals(holder.Request.SessionId, sessionId, StringComparison.Ordinal));

    private void End(Holder holder)
    {
        holder.Held.Keys.ToList().ForEach(lease => Free(holder, lease, holder.Held[lease]));
        EndIfOver(holder);
    }

    private void Free(Holder holder, Lease lease, int slots)
    {
        holder.Held[lease] -= slots;
        if (Hosts.TryGetValue(lease.Instance, out var host))
        {
            host.Leased -= slots;
        }
    }

    private void EndIfOver(Holder holder)
    {
        if (holder.IsOver)
        {
            Leased.Remove(holder);
            var id = holder.Request.SessionId;
            _ended[id] = Math.Max(holder.Request.Epoch, _ended.GetValueOrDefault(id, -1));
        }
    }
}
