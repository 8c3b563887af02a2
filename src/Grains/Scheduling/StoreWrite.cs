using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Scheduling;

/// <summary>
/// What one commit writes, gathered so that Redis gets few commands with many members each. Only where things end up
/// matters: what came and went within the commit is not written at all.
/// </summary>
internal sealed class StoreWrite
{
    /// <summary>Lua cannot pass many more arguments than this to one command.</summary>
    private const int LargestCommand = 1_000;

    private readonly Dictionary<RedisKey, Dictionary<RedisValue, RedisValue>> _fields = [];
    private readonly Dictionary<RedisKey, Dictionary<RedisValue, Membership>> _members = [];
    private readonly Dictionary<RedisKey, HashSet<RedisValue>> _names = [];

    public bool IsEmpty => _fields.Count + _members.Count + _names.Count == 0;

    /// <summary>Sets a hash's field; null deletes it.</summary>
    public void Set(RedisKey hash, RedisValue field, RedisValue value) => In(_fields, hash)[field] = value;

    /// <summary>Adds to a set.</summary>
    public void Add(RedisKey set, RedisValue name) => In(_names, set).Add(name);

    /// <summary>Adds to a sorted set.</summary>
    public void Add(RedisKey set, RedisValue member, double score)
    {
        var members = In(_members, set);
        var isNew = !members.TryGetValue(member, out var known) || known.IsNew;
        members[member] = new(isNew, score);
    }

    /// <summary>Removes from a sorted set.</summary>
    public void Remove(RedisKey set, RedisValue member)
    {
        var members = In(_members, set);
        if (members.TryGetValue(member, out var known) && known.IsNew)
        {
            members.Remove(member);
        }
        else
        {
            members[member] = new(IsNew: false, Score: null);
        }
    }

    /// <summary>The keys, the fence first, and for each command its name, the key's number, the number of arguments, and these.</summary>
    public (RedisKey[] Keys, RedisValue[] Words) ToScript(RedisKey fence, RedisValue token)
    {
        var script = new ScriptWords();
        script.Number(fence);
        script.Add(token);
        foreach (var (set, names) in _names)
        {
            Put("SADD", set, names);
        }

        foreach (var (set, members) in _members)
        {
            Put("ZADD", set, members.Where(each => each.Value.Score is not null).SelectMany(each => Pair(each.Value.Score, each.Key)));
            Put("ZREM", set, members.Where(each => each.Value.Score is null).Select(each => each.Key));
        }

        foreach (var (hash, fields) in _fields)
        {
            Put("HSET", hash, fields.Where(each => !each.Value.IsNull).SelectMany(each => Pair(each.Key, each.Value)));
            Put("HDEL", hash, fields.Where(each => each.Value.IsNull).Select(each => each.Key));
        }

        return (script.Keys, script.Words);
        void Put(string command, RedisKey key, IEnumerable<RedisValue> arguments)
        {
            foreach (var chunk in arguments.Chunk(LargestCommand))
            {
                script.AddCommand(command, key, chunk);
            }
        }
    }

    private static IEnumerable<RedisValue> Pair(RedisValue one, RedisValue other) => [one, other];

    private static T In<T>(Dictionary<RedisKey, T> all, RedisKey key)
        where T : new()
    {
        if (!all.TryGetValue(key, out var found))
        {
            all.Add(key, found = new());
        }

        return found;
    }

    /// <param name="IsNew">It was not in the set before this commit.</param>
    /// <param name="Score">Null where it leaves the set.</param>
    private readonly record struct Membership(bool IsNew, double? Score);
}
