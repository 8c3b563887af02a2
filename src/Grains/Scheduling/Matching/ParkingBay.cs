namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A tenant's shapes in a row.</summary>
internal sealed class ParkingBay(TenantShare share)
{
    public TenantShare Share => share;

    public IndexedHeap<Shape> Shapes { get; } = new(ServiceOrder.Default);

    /// <summary>The tenant with its first shape; one must be there.</summary>
    public Turn Turn => new(share, Shapes.First!);
}
