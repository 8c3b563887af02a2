using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>Items of a log, and how far it goes.</summary>
/// <param name="Offset">The place of the first of them in the log, counted from its begin.</param>
/// <param name="Items">The items.</param>
/// <param name="End">How many items the log has had.</param>
/// <param name="HasEnded">Whether it gets no more.</param>
public sealed record InputPage(long Offset, ImmutableArray<Payload> Items, long End, bool HasEnded)
{
    /// <summary>The place after its last item.</summary>
    public long Next => Offset + Items.Length;

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsLast => HasEnded && Next >= End;
}
