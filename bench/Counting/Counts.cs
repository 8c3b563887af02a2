using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace BlueEdge.Counting;

/// <summary>Sums by name. Any thread may add.</summary>
internal sealed class Counts
{
    private readonly ConcurrentDictionary<string, StrongBox<double>> _sums = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, double>> All => _sums.Select(each => KeyValuePair.Create(each.Key, Volatile.Read(ref each.Value.Value)));

    public void Add(string name, double value)
    {
        var sum = _sums.GetOrAdd(name, _ => new());
        lock (sum)
        {
            sum.Value += value;
        }
    }
}
