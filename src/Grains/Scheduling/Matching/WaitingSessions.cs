using System.Collections.Immutable;
using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The sessions that wait, in the queues of their engines and of their shapes.</summary>
/// <param name="engines">The engines known.</param>
/// <param name="sessions">Where the sessions lie.</param>
/// <param name="bound">How many starts past a session make it starving.</param>
internal sealed class WaitingSessions(EngineTable engines, PendingSessions sessions, int bound)
{
    private readonly ShapeTable _shapes = new(engines, sessions);
    private readonly Parking _parking = new(engines);
    private SlotClaims? _claims;

    private SlotClaims Claims => _claims ??= new(engines, _parking);

    public int Count => sessions.Count;

    public int Shapes => _shapes.Count;

    public int Find(UInt128 id) => sessions.Find(id);

    public ref PendingSession this[int handle] => ref sessions[handle];

    public int Add(UInt128 id, int epoch, int rank, long ticks, ImmutableArray<EngineDemand> demands)
    {
        var shape = _shapes.GetOrAdd(demands);
        var handle = sessions.Add(new() { Id = id, Epoch = epoch, Rank = rank, Ticks = ticks, Shape = shape });
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            // Those ahead of it now do not pass it over; whatever starts beyond them does.
            var engine = shape.Engines[i];
            engine.Regular.Add(handle, engine.Starts + engine.Starving.Count + bound);
            engine.WaitingNodes += shape.Slots[i];
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
            var engine = shape.Engines[i];
            (starving ? engine.Starving : engine.Regular).Remove(handle);
            engine.WaitingNodes -= shape.Slots[i];
        }

        (starving ? shape.Starving : shape.Regular).Remove(handle);
        sessions.Remove(handle);
        HeadChanged(shape, starving);
    }

    /// <summary>Makes those starving that were passed over too often on this engine.</summary>
    public void Ripen(EngineState engine)
    {
        for (var handle = engine.Regular.FindRipe(engine.Starts); handle >= 0; handle = engine.Regular.FindRipe(engine.Starts))
        {
            var shape = sessions[handle].Shape!; // A session that waits has a shape.
            foreach (var each in shape.Engines)
            {
                each.Regular.Remove(handle);
                each.Starving.Add(handle);
            }

            shape.Regular.Remove(handle);
            shape.Starving.Add(handle);
            sessions[handle].Starving = true;
            HeadChanged(shape, starvingChanged: true);
        }
    }

    /// <summary>Must be called when an engine's instances changed: shapes may be served now, or no more.</summary>
    public void CapacityChanged(EngineState engine)
    {
        foreach (var shape in engine.Shapes)
        {
            if (shape.CountLacking())
            {
                Claims.Refresh(shape);
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
            var ahead = session.Starving
                ? engine.Starving.IndexOf(handle)
                : engine.Starving.Count + engine.Regular.IndexOf(handle);
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
                });
            }
        }

        return new()
        {
            Current = most + 1,
            TotalPending = narrowest.Starving.Count + narrowest.Regular.Count,
            TotalQueuing = narrowest.Queuing,
            WaitsFor = shortages.DrainToImmutable(),
        };
    }

    /// <summary>Parks the shape where it waits for what it lacks now.</summary>
    public void Park(Shape shape) => _parking.Park(shape);

    private void HeadChanged(Shape shape, bool starvingChanged)
    {
        if (shape.Count == 0)
        {
            Claims.Refresh(shape);
            Parking.Leave(shape);
            _shapes.Remove(shape);
            return;
        }

        shape.ReadHead();
        if (shape.ParkedAt is { } engine)
        {
            engine.Lot.Update(shape, shape.ParkedFor);
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
