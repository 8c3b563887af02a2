using System.Collections.Immutable;

namespace BlueEdge.Validation;

/// <summary>
/// A depth-first search over nodes and channels, without recursion. It looks at each link once, though a channel with n
/// writers and n readers stands for n² edges: a channel remembers how far its readers have been visited, and which of
/// them are on the path now.
/// </summary>
/// <remarks>Once all reported links are removed, no cycle of two or more nodes is left. Self links are not its matter.</remarks>
internal sealed class CycleSearch(
    ImmutableArray<ImmutableArray<int>> inputs, ImmutableArray<ImmutableArray<int>> outputs, int channels)
{
    // A cycle's path is kept up to here, else many long cycles would take more than linear space.
    private const int KeptNodes = 16;

    private readonly List<int>?[] _readers = new List<int>?[channels];
    private readonly List<int>?[] _readersOnPath = new List<int>?[channels];
    private readonly int[] _nextReader = new int[channels];
    private readonly bool[] _visited = new bool[inputs.Length];
    private readonly int[] _place = new int[inputs.Length];
    private readonly List<(int Node, int Output)> _path = [];

    /// <summary>Links that close a cycle.</summary>
    public List<LinkCycle> Cycles { get; } = [];

    /// <summary>Every node, each after all that it feeds (links that close a cycle aside).</summary>
    public List<int> Finished { get; } = new(inputs.Length);

    /// <summary>How many links were looked at: the work done.</summary>
    public long Steps { get; private set; }

    public void Run()
    {
        for (var node = 0; node < inputs.Length; node++)
        {
            foreach (var channel in inputs[node])
            {
                Steps++;
                if (channel != SessionIndex.Unknown)
                {
                    (_readers[channel] ??= []).Add(node);
                }
            }
        }

        for (var node = 0; node < inputs.Length; node++)
        {
            if (!_visited[node])
            {
                Enter(node);
                Walk();
            }
        }
    }

    private void Walk()
    {
        while (_path.Count > 0)
        {
            var (node, output) = _path[^1];
            if (output == outputs[node].Length)
            {
                Leave(node);
            }
            else if (outputs[node][output] is var channel && channel != SessionIndex.Unknown && FindUnvisited(channel) is { } reader)
            {
                Enter(reader);
            }
            else
            {
                _path[^1] = (node, output + 1);
                LookForCycle(node, output + 1);
            }
        }
    }

    private void Enter(int node)
    {
        _visited[node] = true;
        _place[node] = _path.Count;
        _path.Add((node, 0));
        foreach (var channel in inputs[node])
        {
            Steps++;
            if (channel != SessionIndex.Unknown
                && (_readersOnPath[channel] ??= []) is var readers
                && (readers.Count == 0 || readers[^1] != node))
            {
                readers.Add(node);
            }
        }

        LookForCycle(node, 0);
    }

    private void Leave(int node)
    {
        _path.RemoveAt(_path.Count - 1);
        Finished.Add(node);
        foreach (var channel in inputs[node])
        {
            Steps++;
            if (channel != SessionIndex.Unknown && _readersOnPath[channel] is { Count: > 0 } readers && readers[^1] == node)
            {
                readers.RemoveAt(readers.Count - 1);
            }
        }
    }

    /// <summary>Whether the link that the walk turns to leads back to a node on the path, other than its own.</summary>
    private void LookForCycle(int node, int output)
    {
        if (output == outputs[node].Length
            || outputs[node][output] is not (>= 0 and var channel)
            || _readersOnPath[channel] is not { Count: > 0 } readers)
        {
            return;
        }

        var nearest = readers[^1] != node ? readers.Count - 1 : readers.Count - 2;
        if (nearest >= 0)
        {
            var first = _place[readers[nearest]];
            var length = _path.Count - first;
            var path = _path.GetRange(first, Math.Min(length, KeptNodes)).ConvertAll(step => step.Node);
            Cycles.Add(new(node, output, [.. path], length));
        }
    }

    private int? FindUnvisited(int channel)
    {
        for (var readers = _readers[channel] ?? []; _nextReader[channel] < readers.Count;)
        {
            Steps++;
            var reader = readers[_nextReader[channel]++];
            if (!_visited[reader])
            {
                return reader;
            }
        }

        return null;
    }
}
