using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests.Auditing;

public sealed class RedisAuditTests(RedisServer redis) : AuditFacts
{
    internal override IStores Make() => RedisStores.On(redis);
}
