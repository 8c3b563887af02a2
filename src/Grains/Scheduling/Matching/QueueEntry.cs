using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A session in a queue, with as much of its key as nearly always decides: 16 bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueueEntry(uint Order, int Handle, long Ticks);
