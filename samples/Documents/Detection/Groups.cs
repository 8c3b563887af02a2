namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Numbers from 0 that are united step by step into groups (a disjoint-set forest).</summary>
internal sealed class Groups(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    public void Unite(int one, int other)
    {
        var (low, high) = (Math.Min(Root(one), Root(other)), Math.Max(Root(one), Root(other)));
        _parents[high] = low;
    }

    public IEnumerable<IEnumerable<int>> Members() => Enumerable.Range(0, _parents.Length).GroupBy(Root);

    public int Root(int member)
    {
        while (_parents[member] != member)
        {
            _parents[member] = _parents[_parents[member]];
            member = _parents[member];
        }

        return member;
    }
}
