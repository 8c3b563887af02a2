using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A tenant at an engine, with the shape that it would have served.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Turn(TenantShare Share, Shape Shape)
{
    /// <summary>Whether the tenant may hold as many slots more as the shape needs.</summary>
    public bool HasRoom => !Share.Tenant.IsBounded || Shape.SlotsAt(Share) <= Share.RoomFor(Shape);
}
