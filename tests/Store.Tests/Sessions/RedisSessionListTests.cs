namespace BlueEdge.Sessions;

public sealed class RedisSessionListTests(RedisServer redis) : SessionListFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
