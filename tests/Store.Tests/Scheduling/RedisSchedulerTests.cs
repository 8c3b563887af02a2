using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Scheduling;

public sealed class RedisSchedulerTests(RedisServer redis) : SchedulerFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
