using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>One of the Redis commands that a write consists of.</summary>
/// <param name="Name">The command.</param>
/// <param name="Key">What it changes.</param>
/// <param name="Arguments">What follows the key; few, since Lua passes them on.</param>
internal readonly record struct StoreCommand(string Name, RedisKey Key, params RedisValue[] Arguments);
