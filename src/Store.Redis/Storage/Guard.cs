using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>What the store still has to have for a write to be done.</summary>
/// <param name="Read">The command that looks; it answers with one value.</param>
/// <param name="Expected">What it has to answer; empty for nothing.</param>
internal readonly record struct Guard(StoreCommand Read, RedisValue Expected)
{
    /// <summary>A field of a hash is so.</summary>
    public static Guard OfField(RedisKey hash, RedisValue field, RedisValue expected) => new(new("HGET", hash, field), expected);

    /// <summary>A field of a hash has come so far; none is 0.</summary>
    public static Guard OfCount(RedisKey hash, RedisValue field, long count) => OfField(hash, field, count == 0 ? RedisValue.EmptyString : count);
}
