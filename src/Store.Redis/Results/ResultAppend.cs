using StackExchange.Redis;

namespace BlueEdge.Results;

/// <summary>A run of items for one channel, as the store takes it.</summary>
/// <param name="List">The channel's list.</param>
/// <param name="Sequences">Where the next sequence of each producer is kept; <see langword="null"/> where there is one producer.</param>
/// <param name="Session">The session, which has to be at the attempt.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Producer">Who wrote them.</param>
/// <param name="First">The first item's sequence.</param>
/// <param name="Items">The items.</param>
internal sealed record ResultAppend(RedisKey List, RedisKey? Sequences, RedisKey Session, int Epoch, string Producer, long First, RedisValue[] Items)
{
    /// <summary>In bytes.</summary>
    public long Size => Items.Sum(item => item.Length());
}
