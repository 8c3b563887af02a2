using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The keys and arguments of the script, gathered.</summary>
internal sealed class ScriptWords
{
    private readonly List<RedisKey> _keys = [];
    private readonly List<RedisValue> _words = new(128);
    private readonly StringBuilder _shape = new();

    public RedisKey[] Keys => [.. _keys];

    public RedisValue[] Words => [.. _words];

    public void Add(GuardedWrite write)
    {
        var begin = _words.Count;
        _words.Add(RedisValue.EmptyString);
        _shape.Clear();
        foreach (var (read, expected) in write.Guards)
        {
            Add(read);
            _shape.Append('?');
            _words.Add(expected);
        }

        foreach (var command in write.Commands)
        {
            Add(command);
        }

        _words[begin] = _shape.ToString();
    }

    private void Add(StoreCommand command)
    {
        _shape.Append(command.Name).Append(CultureInfo.InvariantCulture, $"{command.Arguments.Length}");
        _keys.Add(command.Key);
        _words.AddRange(command.Arguments);
    }
}
