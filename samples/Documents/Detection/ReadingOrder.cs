namespace BlueEdge.Samples.Documents.Detection;

/// <summary>
/// Sorts blocks as they are read: down a column, then the next column, unless something stretches over both (after
/// Breuel, "High Performance Document Layout Analysis", 2003).
/// </summary>
internal static class ReadingOrder
{
    // The rule looks at all triples of blocks; no page with more of them has an order that would matter.
    private const int MaxBlocks = 150;

    public static IEnumerable<TextBlock> Sort(IEnumerable<TextBlock> blocks)
    {
        var rest = blocks.OrderBy(block => block.Box.Y).ThenBy(block => block.Box.X).ToList();
        return rest.Count > MaxBlocks ? rest : SortByColumns(rest);
    }

    private static IEnumerable<TextBlock> SortByColumns(List<TextBlock> rest)
    {
        var all = rest.ToArray();
        var before = rest.ToDictionary(block => block, block => all.Where(other => other != block && IsBefore(other, block, all)).ToHashSet());
        while (rest.Count > 0)
        {
            // Blocks that overlap may each ask for the other first; then the upper one goes.
            var next = rest.Find(block => before[block].Count == 0) ?? rest[0];
            rest.Remove(next);
            foreach (var block in rest)
            {
                before[block].Remove(next);
            }

            yield return next;
        }
    }

    private static bool IsBefore(TextBlock one, TextBlock other, TextBlock[] all)
    {
        if (one.Box.SharesColumns(other.Box))
        {
            return one.Middle < other.Middle;
        }

        return one.Box.Right <= other.Box.X && !Array.Exists(all, block => Parts(block, one, other));
    }

    private static bool Parts(TextBlock block, TextBlock one, TextBlock other) =>
        block.Box.SharesColumns(one.Box)
        && block.Box.SharesColumns(other.Box)
        && block.Middle > Math.Min(one.Middle, other.Middle)
        && block.Middle < Math.Max(one.Middle, other.Middle);
}
