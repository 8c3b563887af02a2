namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Lets each shape wait at one engine that has too little for it. Until that engine has enough the shape cannot start,
/// whatever the others do, so nothing else needs to look at it.
/// </summary>
internal sealed class Parking(EngineTable engines)
{
    /// <summary>Parks the shape at an engine that blocks it; where none does, at its first, to be looked at next.</summary>
    public void Park(Shape shape)
    {
        Leave(shape);
        var index = FindBlocking(shape);
        if (index < 0)
        {
            index = 0;
            engines.Touch(shape.Engines[0]);
        }

        shape.ParkedAt = index;
        shape.Engines[index].Lot.Add(shape, shape.Shares[index], shape.Slots[index]);
    }

    public static void Leave(Shape shape)
    {
        if (shape.ParkedAt is { } index)
        {
            shape.Engines[index].Lot.Remove(shape, shape.Shares[index], shape.Slots[index]);
            shape.ParkedAt = null;
        }
    }

    // An engine of which there can be too few blocks for longest, then one that lacks most: the shape is woken least there.
    private static int FindBlocking(Shape shape)
    {
        var (found, most) = (-1, 0L);
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            var engine = shape.Engines[i];
            long missing = shape.Slots[i] - engine.AvailableTo(new(shape.Shares[i], shape));
            if (missing > 0 && shape.IsBeyond(i))
            {
                missing += int.MaxValue;
            }

            if (missing > most)
            {
                (found, most) = (i, missing);
            }
        }

        return found;
    }
}
