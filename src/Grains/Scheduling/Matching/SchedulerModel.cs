using BlueEdge.Engines;
using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// One scheduling domain: who waits, who holds which slots, and who is next. Events go in; what they change comes out by
/// <see cref="TakeChanges"/>. It knows no clock, does no I/O, and the same events always lead to the same decisions.
/// </summary>
internal sealed class SchedulerModel
{
    private readonly TenantTable _tenants;
    private readonly EngineTable _engines;
    private readonly WaitingSessions _waiting;
    private readonly LeasedSessions _leased;
    private readonly InstanceTable _instances;
    private readonly EndedAttempts _ended;
    private readonly Matcher _matcher;
    private SchedulerChanges _changes = new();

    /// <param name="bound">
    /// How many sessions may start past a waiting one, on one of its engines, before the slots it needs are kept for it.
    /// </param>
    /// <param name="remembered">How many ended sessions are remembered, to tell late reports from new ones.</param>
    /// <param name="terms">What tenants may have.</param>
    /// <param name="scope">Among which sessions ranks are compared.</param>
    public SchedulerModel(int bound, int remembered, TenantTerms? terms = null, RankScope scope = default)
    {
        var order = new TurnOrder(scope, bound);
        _tenants = new(terms ?? TenantTerms.Equal);
        var sessions = new PendingSessions();
        _engines = new(sessions, order);
        _waiting = new(_engines, sessions, scope, bound);
        _leased = new(_engines);
        _instances = new(_engines, _waiting, remembered);
        _ended = new(remembered);
        _matcher = new(order, _engines, _waiting, _leased);
    }

    /// <summary>Sessions that wait.</summary>
    public int Pending => _waiting.Count;

    /// <summary>Attempts that hold leases.</summary>
    public int Leased => _leased.Count;

    /// <summary>By id.</summary>
    public IReadOnlyCollection<EngineState> Engines => _engines.All;

    /// <summary>An engine that sessions ask for or that joined.</summary>
    public EngineState Engine(string id) => _engines.GetOrAdd(id);

    public IReadOnlyCollection<Attempt> Attempts => _leased.All;

    public IReadOnlyCollection<Instance> Instances => _instances.All;

    /// <summary>Takes in what a scheduler before this one left. To be called first, and once.</summary>
    public void Restore(StoredSchedule stored)
    {
        new Restoration(_tenants, _engines, _instances, _waiting, _leased).Run(stored, _changes);
        _matcher.Match(_changes);
    }

    /// <summary>What changed since the last call.</summary>
    public SchedulerChanges TakeChanges()
    {
        var changes = _changes;
        _changes = new();
        return changes;
    }

    /// <summary>
    /// A session asks for slots. Asking again, or for an attempt that is over, changes nothing; asking for a newer one
    /// ends what the session had before.
    /// </summary>
    public void Enlist(EnlistRequest request)
    {
        var id = SessionKey.Pack(request.SessionId);
        var ticks = request.SubmittedAt.UtcTicks;
        if (_ended.Covers(id, request.Epoch, ticks))
        {
            return;
        }

        if (_leased.Find(id) is { } former)
        {
            if (former.Epoch >= request.Epoch && !IsOfSessionBefore(former.SubmittedTicks, ticks))
            {
                return;
            }

            Free(former);
        }

        var handle = _waiting.Find(id);
        if (handle >= 0)
        {
            if (_waiting[handle].Epoch >= request.Epoch && !IsOfSessionBefore(_waiting[handle].Ticks, ticks))
            {
                return;
            }

            Unlist(handle);
        }

        var tenant = _tenants.GetOrAdd(request.Tenant);
        _waiting.Add(tenant, id, request.Epoch, request.Rank, ticks, request.Demands);
        _changes.Pending.Add(new(Added: true, tenant, id, request.Epoch, request.Rank, ticks, request.Demands));
        _matcher.Match(_changes);
    }

    /// <summary>The attempt as long as it holds leases, or null.</summary>
    public Attempt? FindAttempt(string sessionId, int epoch) =>
        _leased.Find(SessionKey.Pack(sessionId)) is { } attempt && attempt.Epoch == epoch ? attempt : null;

    /// <summary>A session gives up all attempts up to this one.</summary>
    public void Withdraw(string sessionId, int epoch)
    {
        var id = SessionKey.Pack(sessionId);
        var ticks = 0L;
        if (_waiting.Find(id) is >= 0 and var handle && _waiting[handle].Epoch <= epoch)
        {
            ticks = _waiting[handle].Ticks;
            Unlist(handle);
        }

        if (_leased.Find(id) is { } attempt && attempt.Epoch <= epoch)
        {
            ticks = attempt.SubmittedTicks;
            Free(attempt);
        }

        _ended.Add(id, epoch, ticks);
        _matcher.Match(_changes);
    }

    /// <summary>An attempt is over, whatever became of it; a newer one is not touched.</summary>
    public void Abandon(string sessionId, int epoch)
    {
        if (FindAttempt(sessionId, epoch) is { } attempt)
        {
            Free(attempt);
            _matcher.Match(_changes);
        }
    }

    /// <summary>All engines of an attempt are ready.</summary>
    public void Confirm(SessionAttempt confirmed)
    {
        if (FindAttempt(confirmed.SessionId, confirmed.Epoch) is { Confirmed: false } attempt)
        {
            LeasedSessions.Confirm(attempt);
            _changes.Attempts.Add(attempt);
        }
    }

    /// <summary>An attempt gives slots back. Totals already reached change nothing.</summary>
    public void Release(LeaseRelease release)
    {
        if (FindAttempt(release.SessionId, release.Epoch) is not { } attempt)
        {
            return;
        }

        foreach (var released in release.Released)
        {
            if (attempt.Find(released.Lease) is { } group && _leased.Release(attempt, group, released.Total))
            {
                _changes.Attempts.Add(attempt);
            }
        }

        ForgetIfOver(attempt);
        _matcher.Match(_changes);
    }

    /// <summary>An instance is there, or came back with another record. False for one that has left.</summary>
    public bool Join(InstanceAttendance attendance)
    {
        if (!_instances.Join(attendance, _changes))
        {
            return false;
        }

        _matcher.Match(_changes);
        return true;
    }

    /// <summary>An engine is to be known by a definition. What instances run with counts, so it is taken only where none runs with another.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="most">With so many engines no new one is taken.</param>
    public RegisterOutcome Register(EngineDefinition definition, int most)
    {
        if (_engines.Find(definition.Id) is null && _engines.All.Count >= most)
        {
            return RegisterOutcome.Full;
        }

        var engine = _engines.GetOrAdd(definition.Id);
        var known = engine.Definition;
        if (known?.SameAs(definition) == true)
        {
            return RegisterOutcome.Unchanged;
        }

        if (engine.Supply.All.Count > 0)
        {
            return RegisterOutcome.Conflict;
        }

        engine.Definition = definition;
        _changes.Engines.Add(engine);
        return known is null ? RegisterOutcome.Created : RegisterOutcome.Replaced;
    }

    /// <summary>An engine is to be forgotten, which it is only where nobody runs it or wants it.</summary>
    public UnregisterOutcome Unregister(string id)
    {
        if (_engines.Find(id) is not { Definition: not null } engine)
        {
            return UnregisterOutcome.Unknown;
        }

        if (engine.Supply.All.Count + engine.WaitingNodes + engine.LeasedNodes > 0)
        {
            return UnregisterOutcome.InUse;
        }

        engine.Definition = null;
        _changes.Engines.Add(engine);
        return UnregisterOutcome.Removed;
    }

    /// <summary>An instance takes no new lease from now on.</summary>
    public void Drain(string instance)
    {
        if (_instances.Drain(instance, _changes))
        {
            _matcher.Match(_changes);
        }
    }

    /// <summary>An instance is gone, and the leases of it are lost.</summary>
    public void Leave(string instance, string reason)
    {
        if (_instances.Leave(instance, _changes) is not { } gone)
        {
            return;
        }

        foreach (var attempt in gone.Attempts.OrderBy(attempt => attempt.Id).ThenBy(attempt => attempt.Epoch).ToArray())
        {
            Lose(attempt, gone, reason);
        }

        _matcher.Match(_changes);
    }

    /// <summary>A session has heard of a loss.</summary>
    public void LossTold(LeaseLoss loss) => _changes.ToldLosses.Add(loss);

    /// <summary>Where a session waits, or null where it does not.</summary>
    public QueuePosition? FindPosition(string sessionId) =>
        _waiting.Find(SessionKey.Pack(sessionId)) is >= 0 and var handle ? _waiting.PositionOf(handle) : null;

    /// <summary>Whether a session waits or holds leases.</summary>
    public bool Knows(string sessionId) =>
        SessionKey.Pack(sessionId) is var id && (_waiting.Find(id) >= 0 || _leased.Find(id) is not null);

    /// <summary>The handle of a session that waits, or -1.</summary>
    public int Handle(string sessionId) => _waiting.Find(SessionKey.Pack(sessionId));

    /// <summary>Whether what was submitted then is what an id stood for before its retention was over; 0 is not known.</summary>
    private static bool IsOfSessionBefore(long ticks, long later) => ticks > 0 && ticks < later;

    private void Unlist(int handle)
    {
        var session = _waiting[handle];
        var shape = session.Shape!; // It waits.
        _waiting.Remove(handle);
        _changes.Pending.Add(new(
            Added: false, shape.Tenant, session.Id, session.Epoch, session.Rank, session.Ticks, shape.Demands));
    }

    private void Free(Attempt attempt)
    {
        foreach (var group in attempt.Groups)
        {
            _leased.Release(attempt, group, group.Granted);
        }

        _changes.Attempts.Add(attempt);
        ForgetIfOver(attempt);
    }

    private void Lose(Attempt attempt, Instance gone, string reason)
    {
        foreach (var group in attempt.Groups.Where(group => group.Instance == gone))
        {
            group.Instance = null;
            _leased.Release(attempt, group, group.Granted);
        }

        _changes.Attempts.Add(attempt);
        _changes.Lost.Add(new(SessionKey.Unpack(attempt.Id), attempt.Epoch, gone.Id, reason));
        ForgetIfOver(attempt);
    }

    private void ForgetIfOver(Attempt attempt)
    {
        if (attempt.IsOver)
        {
            _leased.Forget(attempt);
            _ended.Add(attempt.Id, attempt.Epoch, attempt.SubmittedTicks);
        }
    }
}
