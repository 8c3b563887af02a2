namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Decides for which starving sessions freed slots gather. A starving session has a claim when it is the oldest among
/// the starving ones of each of its engines; sessions that the instances could not serve even if all were idle are left
/// out. So no slot is kept for more than one session, no two wait for each other's, and the oldest of all always has
/// its claim.
/// </summary>
internal sealed class SlotClaims(EngineTable engines, Parking parking)
{
    private readonly List<Shape> _affected = [];

    /// <summary>Must be called whenever the shape's starving head, or whether it can be served, has changed.</summary>
    public void Refresh(Shape shape)
    {
        var wants = shape.Starving.Count > 0 && shape.Lacking == 0;
        if (!wants && !shape.Engines[0].Claims.Contains(shape))
        {
            return;
        }

        _affected.Clear();
        _affected.Add(shape);
        foreach (var engine in shape.Engines)
        {
            Note(engine.Claims.First);
            Enter(engine, shape, wants);
            Note(engine.Claims.First);
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

    private static void Enter(EngineState engine, Shape shape, bool wants)
    {
        var isIn = engine.Claims.Contains(shape);
        if (wants && isIn)
        {
            engine.Claims.Update(shape);
        }
        else if (wants)
        {
            engine.Claims.Add(shape);
        }
        else if (isIn)
        {
            engine.Claims.Remove(shape);
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
