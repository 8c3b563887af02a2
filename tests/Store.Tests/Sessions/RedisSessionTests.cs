using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Sessions;

public sealed class RedisSessionTests(RedisServer redis) : SessionFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
