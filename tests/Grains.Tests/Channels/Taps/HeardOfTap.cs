using System.Collections.Immutable;

namespace BlueEdge.Grains.Tests.Channels.Taps;

/// <summary>What a listener heard of the last attempt.</summary>
/// <param name="Epoch">The attempt.</param>
/// <param name="Next">The place behind the last item.</param>
/// <param name="Items">The items.</param>
/// <param name="Missed">How many it was told to have missed.</param>
/// <param name="IsCounted">Whether each gap had a count.</param>
internal sealed record HeardOfTap(int Epoch, long Next, ImmutableArray<string> Items, long Missed, bool IsCounted);
