namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Decides for which starving sessions freed slots gather. A starving session has a claim when it is the oldest among
/// the starving ones of each of its engines; sessions that the instances could not serve even if all were idle are left
/// out. So no slot is kept for more than one session, no two wait for each other's, and the oldest of all always has
/// its claim. Of a tenant that may not hold all slots, one after the other gathers at an engine: first room, which the
/// tenant's others leave to it, and then slots, which until then are for whoever comes.
/// </summary>
internal sealed class SlotClaims(EngineTable engines, Parking parking)
{
    private readonly List<Shape> _affected = [];

    /// <summary>Must be called whenever the shape's starving head, or whether it can be served, has changed.</summary>
    public void Refresh(Shape shape)
    {
        var gathers = shape.Starving.Count > 0 && shape.Lacking == 0;
        if (!gathers && !shape.Gathers)
        {
            return;
        }

        shape.Gathers = gathers;
        _affected.Clear();
        _affected.Add(shape);
        if (shape.Tenant.IsBounded)
        {
            Gather(shape);
        }

        var own = _affected.Count;
        for (var i = 0; i < own; i++)
        {
            var affected = _affected[i];
            var wants = affected.MayClaim();
            foreach (var engine in affected.Engines)
            {
                Note(engine.Claims.First);
                Enter(engine.Claims, affected, wants);
                Note(engine.Claims.First);
            }
        }

        // Those that lose go first: an engine has one claimant.
        foreach (var affected in _affected)
        {
            if (affected.Claims && !IsFirstEverywhere(affected))
            {
                Lose(affected);
            }
        }

        foreach (var affected in _affected)
        {
            if (!affected.Claims && IsFirstEverywhere(affected))
            {
                Win(affected);
            }
        }
    }

    /// <summary>Has the shape among those of its tenant that gather, or not, and notes who is first of them.</summary>
    private void Gather(Shape shape)
    {
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            var (engine, share) = (shape.Engines[i], shape.Shares[i]);
            var gathering = share.Gathering!; // Its tenant is bounded.
            var before = gathering.First;
            Note(before);
            Enter(gathering, shape, shape.Gathers);
            Note(gathering.First);
            engine.Reorder(share);
            if (gathering.First != before)
            {
                engines.Touch(engine);
            }
        }
    }

    private static void Enter(IndexedHeap<Shape> heap, Shape shape, bool wants)
    {
        var isIn = heap.Contains(shape);
        if (wants && isIn)
        {
            heap.Update(shape);
        }
        else if (wants)
        {
            heap.Add(shape);
        }
        else if (isIn)
        {
            heap.Remove(shape);
        }
    }

    private static bool IsFirstEverywhere(Shape shape)
    {
        foreach (var engine in shape.Engines)
        {
            if (engine.Claims.First != shape)
            {
                return false;
            }
        }

        return true;
    }

    private void Note(Shape? shape)
    {
        if (shape is not null && !_affected.Contains(shape))
        {
            _affected.Add(shape);
        }
    }

    private void Win(Shape shape)
    {
        Parking.Leave(shape);
        shape.Claims = true;
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            var engine = shape.Engines[i];
            engine.Keep(new(shape.Shares[i], shape), shape.Slots[i]);
            engines.Touch(engine);
        }
    }

    private void Lose(Shape shape)
    {
        shape.Claims = false;
        foreach (var engine in shape.Engines)
        {
            engine.Keep(null, 0);
            engines.Touch(engine);
        }

        if (shape.Count > 0)
        {
            parking.Park(shape);
        }
    }
}
