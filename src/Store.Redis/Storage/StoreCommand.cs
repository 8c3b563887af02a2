using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>One of the Redis commands that a write consists of.</summary>
/// <param name="Name">The command.</param>
/// <param name="Key">What it changes.</param>
/// <param name="Arguments">What follows the key; few, since Lua passes them on.</param>
internal readonly record struct StoreCommand(string Name, RedisKey Key, params RedisValue[] Arguments)
{
    /// <summary>Lua cannot pass many more arguments than this to one command; even, for what comes in pairs.</summary>
    private const int MostArguments = 1_000;

    /// <summary>As few commands as can take so many arguments; none where there are none.</summary>
    public static IEnumerable<StoreCommand> Many(string name, RedisKey key, IEnumerable<RedisValue> arguments) =>
        arguments.Chunk(MostArguments).Select(chunk => new StoreCommand(name, key, chunk));
}
