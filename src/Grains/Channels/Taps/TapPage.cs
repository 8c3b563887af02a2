using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BlueEdge.Channels;
using BlueEdge.Results;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>What a tap has from a place on.</summary>
/// <param name="Offset">The place of the first item, or of the one that comes next where there is none.</param>
/// <param name="Items">Items that follow each other.</param>
/// <param name="HasGap">Whether it lacks items between the place that was asked for and the first.</param>
/// <param name="Missed">How many, where that is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TapPage(long Offset, ImmutableArray<Payload> Items, bool HasGap, long? Missed)
{
    /// <summary>The page as listeners are told of it.</summary>
    public ResultBatch ToBatch(int epoch, bool isLast) => new() { Epoch = epoch, Offset = Offset, Items = Items, HasGap = HasGap, Missed = Missed, IsLast = isLast };
}
