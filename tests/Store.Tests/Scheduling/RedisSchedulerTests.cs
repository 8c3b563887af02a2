namespace BlueEdge.Scheduling;

public sealed class RedisSchedulerTests(RedisServer redis) : SchedulerFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
