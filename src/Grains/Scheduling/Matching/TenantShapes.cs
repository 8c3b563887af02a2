namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Shapes of one tenant at an engine.</summary>
internal sealed class TenantShapes(TenantShare share)
{
    public TenantShare Share => share;

    public IndexedHeap<Shape> Shapes { get; } = new(ServiceOrder.Default);

    /// <summary>The tenant with its first shape; one must be there.</summary>
    public Turn Turn => new(share, Shapes.First!);
}
