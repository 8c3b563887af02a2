using BlueEdge.Soak.History;
using StackExchange.Redis;

namespace BlueEdge.Soak.Load;

/// <summary>Everything that Redis has.</summary>
internal static class RedisKeys
{
    public static async Task<IReadOnlyList<StoredKey>> ReadAsync(string? address)
    {
        if (address is null)
        {
            return [];
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        var keys = new List<StoredKey>();
        await foreach (var key in redis.GetServers()[0].KeysAsync())
        {
            // One that is gone by now has no expiry either.
            if (await redis.GetDatabase().KeyTimeToLiveAsync(key) is not null)
            {
                keys.Add(new(key.ToString(), Expires: true));
            }
            else if (await redis.GetDatabase().KeyExistsAsync(key))
            {
                keys.Add(new(key.ToString(), Expires: false));
            }
        }

        return keys;
    }
}
