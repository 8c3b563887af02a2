using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The keys and arguments of a script, gathered; a script can name keys by their numbers only.</summary>
internal sealed class ScriptWords
{
    /// <summary>Larger writes, in bytes, go in a script alone: one holds up everyone else in the store.</summary>
    public const long LargestShared = 64 * 1024;

    private readonly List<RedisKey> _keys = [];
    private readonly Dictionary<RedisKey, int> _numbers = [];
    private readonly List<RedisValue> _words = new(128);

    public RedisKey[] Keys => [.. _keys];

    public RedisValue[] Words => [.. _words];

    public int Count => _words.Count;

    public RedisValue this[int index]
    {
        set => _words[index] = value;
    }

    /// <summary>The key's number, from 1.</summary>
    public int Number(RedisKey key)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            _keys.Add(key);
            _numbers.Add(key, number = _keys.Count);
        }

        return number;
    }

    public void Add(params ReadOnlySpan<RedisValue> words) => _words.AddRange(words);

    /// <summary>A command for the script to run: its name, the key's number, how many arguments, and these.</summary>
    public void AddCommand(string name, RedisKey key, params ReadOnlySpan<RedisValue> arguments)
    {
        Add(name, Number(key), arguments.Length);
        Add(arguments);
    }
}
