using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A tenant at an engine, with the shape that it would have served.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Turn(TenantShare Share, Shape Shape);
