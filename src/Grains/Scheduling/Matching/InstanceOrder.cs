namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Which instance gives the next slot: that with most free slots, among equals a warm one.</summary>
internal sealed class InstanceOrder : IComparer<Instance>
{
    public static readonly InstanceOrder Default = new();

    public int Compare(Instance? x, Instance? y)
    {
        if (x is null || y is null)
        {
            return Comparer<object>.Default.Compare(x, y);
        }

        if (x.Free != y.Free)
        {
            return y.Free.CompareTo(x.Free);
        }

        return x.Warm != y.Warm ? y.Warm.CompareTo(x.Warm) : string.CompareOrdinal(x.Id, y.Id);
    }
}
