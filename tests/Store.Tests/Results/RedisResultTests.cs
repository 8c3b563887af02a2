namespace BlueEdge.Results;

public sealed class RedisResultTests(RedisServer redis) : ResultFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
