using BlueEdge.Grains.Tests;

namespace BlueEdge.Store.Tests;

/// <summary>Makes the cluster's form, under a ServiceId of each test's own.</summary>
internal static class RedisStores
{
    public static IStores On(RedisServer redis) => StoresOf.Redis(redis, $"test-{Guid.NewGuid():N}");
}
