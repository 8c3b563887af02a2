using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Channels;

public sealed class RedisInputTests(RedisServer redis) : InputFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
