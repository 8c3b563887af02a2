using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Where a session belongs in a queue: by order (its rank turned round), then age, then id.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueueKey(uint Order, long Ticks, UInt128 Id)
{
    /// <summary>Higher ranks come first.</summary>
    public static uint OrderOf(int rank) => (uint)((long)int.MaxValue - rank);

    public static int Compare(in QueueKey x, in QueueKey y)
    {
        if (x.Order != y.Order)
        {
            return x.Order < y.Order ? -1 : 1;
        }

        if (x.Ticks != y.Ticks)
        {
            return x.Ticks < y.Ticks ? -1 : 1;
        }

        return x.Id.CompareTo(y.Id);
    }
}
