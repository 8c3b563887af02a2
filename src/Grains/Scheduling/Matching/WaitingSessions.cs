using System.Collections.Immutable;
using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The sessions that wait, in the queues of their engines and of their shapes.</summary>
/// <param name="engines">The engines known.</param>
/// <param name="sessions">Where the sessions lie.</param>
/// <param name="scope">Among which sessions ranks are compared.</param>
/// <param name="bound">How many starts past a session make it starving.</param>
internal sealed class WaitingSessions(EngineTable engines, PendingSessions sessions, RankScope scope, int bound)
{
    private readonly ShapeTable _shapes = new(engines, sessions);
    private readonly Parking _parking = new(engines);
    private SlotClaims? _claims;

    private SlotClaims Claims => _claims ??= new(engines, _parking);

    public int Count => sessions.Count;

    public int Shapes => _shapes.Count;

    public int Find(UInt128 id) => sessions.Find(id);

    public ref PendingSession this[int handle] => ref sessions[handle];

    public int Add(Tenant tenant, UInt128 id, int epoch, int rank, long ticks, ImmutableArray<EngineDemand> demands)
    {
        var shape = _shapes.GetOrAdd(tenant, demands);
        var handle = sessions.Add(new() { Id = id, Epoch = epoch, Rank = rank, Ticks = ticks, Shape = shape });
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            shape.Engines[i].Enqueue(shape.Shares[i], handle, shape.Slots[i], bound);
        }

        shape.Regular.Add(handle);
        HeadChanged(shape, starvingChanged: false);
        return handle;
    }

    public void Remove(int handle)
    {
        ref var session = ref sessions[handle];
        var shape = session.Shape!; // A session that waits has a shape.
        var starving = session.Starving;
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            shape.Engines[i].Dequeue(shape.Shares[i], handle, shape.Slots[i], starving);
        }

        (starving ? shape.Starving : shape.Regular).Remove(handle);
        sessions.Remove(handle);
        HeadChanged(shape, starving);
    }

    /// <summary>Makes those starving that others of their tenant passed over too often on an engine.</summary>
    public void Ripen(TenantShare share)
    {
        for (var handle = share.Regular.FindRipe(share.Starts); handle >= 0; handle = share.Regular.FindRipe(share.Starts))
        {
            Starve(handle);
        }
    }

    /// <summary>
    /// Makes a session starving past which others go, if it needs several slots, which do not come together by themselves, or waits for
    /// others' ranks.
    /// </summary>
    public void RipenPassed(int handle)
    {
        ref var session = ref sessions[handle];
        if (!session.Starving && (session.Shape!.IsWide || scope is RankScope.Global)) // A session that waits has a shape.
        {
            Starve(handle);
        }
    }

    /// <summary>Must be called when an engine's instances changed: shapes may be served now, or no more.</summary>
    public void CapacityChanged(EngineState engine)
    {
        foreach (var shape in engine.Shapes)
        {
            if (shape.CountLacking())
            {
                shape.NoteServable();
                Claims.Refresh(shape);
            }
        }
    }

    /// <summary>Lets starving sessions of bounded tenants gather slots as far as those may hold more.</summary>
    public void SettleRooms()
    {
        while (engines.TakeNotedRoom() is { } share)
        {
            if (share.Gathering?.First is { } first)
            {
                Claims.Refresh(first);
            }
        }
    }

    /// <summary>Where a session waits, seen from the engine with most others ahead of it.</summary>
    public QueuePosition PositionOf(int handle)
    {
        ref var session = ref sessions[handle];
        var shape = session.Shape!; // A session that waits has a shape.
        var (most, narrowest) = (-1, shape.Engines[0]);
        var shortages = ImmutableArray.CreateBuilder<EngineShortage>();
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            var engine = shape.Engines[i];
            var ahead = CountAhead(engine, shape.Shares[i], handle);
            if (ahead > most)
            {
                (most, narrowest) = (ahead, engine);
            }

            if (shape.Lacks(i, handle == shape.Head))
            {
                shortages.Add(new()
                {
                    Engine = engine.Id,
                    LackingSlots = Math.Max(0, shape.Slots[i] - engine.Supply.Free),
                    Instances = engine.Supply.Ready,
                    NeededSlots = shape.Slots[i],
                    Slots = engine.Supply.Capacity,
                    TenantSlots = shape.Slots[i] > shape.Shares[i].RoomFor(shape) ? shape.Tenant.MostSlots : null,
                });
            }
        }

        return new()
        {
            Current = most + 1,
            TotalPending = narrowest.Pending,
            TotalQueuing = narrowest.Queuing,
            WaitsFor = shortages.DrainToImmutable(),
        };
    }

    /// <summary>
    /// How many sessions an engine serves before this one: those of its tenant that are ahead of it, and of each other tenant as many as
    /// its share allows by then, as if each took a slot and nothing ended.
    /// </summary>
    private int CountAhead(EngineState engine, TenantShare share, int handle)
    {
        ref var session = ref sessions[handle];
        var own = session.Starving ? share.Starving.IndexOf(handle) : share.Starving.Count + share.Regular.IndexOf(handle);
        var higher = scope is RankScope.Global ? share.CountHigher(session) : 0;
        var level = (share.Leased + own - higher) / share.Tenant.Weight;
        var ahead = (long)own;
        foreach (var other in engine.Shares)
        {
            if (other != share && other.Count > 0)
            {
                var first = scope is RankScope.Global ? other.CountHigher(session) : 0;
                var equals = scope is RankScope.Global ? other.CountNotLower(session) - first : other.Count;
                var due = ((long)level + (other.Given < share.Given ? 1 : 0)) * other.Tenant.Weight;
                ahead += first + Math.Clamp(due - other.Leased, 0, Math.Min(equals, Math.Max(0, other.Room)));
            }
        }

        return (int)ahead;
    }

    /// <summary>Parks the shape where it waits for what it lacks now.</summary>
    public void Park(Shape shape) => _parking.Park(shape);

    private void Starve(int handle)
    {
        var shape = sessions[handle].Shape!; // A session that waits has a shape.
        foreach (var share in shape.Shares)
        {
            share.Regular.Remove(handle);
            share.Starving.Add(handle);
        }

        shape.Regular.Remove(handle);
        shape.Starving.Add(handle);
        sessions[handle].Starving = true;
        HeadChanged(shape, starvingChanged: true);
    }

    private void HeadChanged(Shape shape, bool starvingChanged)
    {
        if (shape.Count == 0)
        {
            shape.NoteServable();
            Claims.Refresh(shape);
            Parking.Leave(shape);
            _shapes.Remove(shape);
            return;
        }

        var isAnother = shape.ReadHead();
        if (isAnother)
        {
            shape.NoteServable();
        }

        // One that is starving may be before what slots are kept for, and so have enough where it waits.
        if (shape.ParkedAt is { } index && !starvingChanged)
        {
            shape.Engines[index].Lot.Update(shape, shape.Shares[index], shape.Slots[index]);
        }
        else if (!shape.Claims)
        {
            _parking.Park(shape);
        }

        if (starvingChanged)
        {
            Claims.Refresh(shape);
        }
    }
}
