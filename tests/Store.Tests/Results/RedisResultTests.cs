using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Results;

public sealed class RedisResultTests(RedisServer redis) : ResultFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
