using System.Runtime.InteropServices;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>An item in a tap.</summary>
/// <param name="Offset">Its place among all that the attempt wrote to the channel.</param>
/// <param name="Payload">The item.</param>
/// <param name="At">When it came.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TapItem(long Offset, Payload Payload, DateTimeOffset At);
