using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Sessions;

public sealed class RedisSessionListTests(RedisServer redis) : SessionListFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
