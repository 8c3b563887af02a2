namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Shapes by the order in which their first sessions are served.</summary>
internal sealed class ServiceOrder : IComparer<Shape>
{
    public static readonly ServiceOrder Default = new();

    public int Compare(Shape? x, Shape? y) =>
        x is null || y is null ? Comparer<object>.Default.Compare(x, y) : ServiceKey.Compare(x.HeadKey, y.HeadKey);
}
