using System.Text.Json;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>What a listener heard, and whether it is what was written: each item once, at the place behind the last one, and each writer's in order.</summary>
internal sealed class HeardItems
{
    private readonly Dictionary<int, long> _next = [];

    /// <summary>The first thing that was wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many items.</summary>
    public long Count { get; private set; }

    /// <summary>The cursor of the last one; null before the first.</summary>
    public string? Cursor => Count == 0 ? null : $"1:{Count - 1}";

    /// <summary>How many of a writer.</summary>
    public long Of(int writer) => _next.GetValueOrDefault(writer);

    public void Take(string cursor, JsonElement item)
    {
        var (writer, number) = (item[0].GetInt32(), item[1].GetInt64());
        if (cursor != $"1:{Count}" || number != Of(writer))
        {
            Fault ??= $"Item {cursor} is number {number} of writer {writer}, where 1:{Count} was to come and number {Of(writer)}.";
        }

        Count++;
        _next[writer] = number + 1;
    }
}
