namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Makes blocks that cover each other one, so that no place is reported twice.</summary>
internal static class BlockJoiner
{
    // Of the smaller one's area. Crooked neighbours may overlap a little.
    private const double MinShared = 0.2;

    public static List<TextBlock> Join(IEnumerable<TextBlock> blocks)
    {
        var rest = new Stack<TextBlock>(blocks);
        var joined = new List<TextBlock>();
        while (rest.TryPop(out var block))
        {
            // What has grown may cover more, so that it is looked at again.
            if (joined.Find(other => Covers(other.Box, block.Box)) is { } found)
            {
                joined.Remove(found);
                rest.Push(TextBlock.Union(found, block));
            }
            else
            {
                joined.Add(block);
            }
        }

        return joined;
    }

    private static bool Covers(TextBox one, TextBox other) => one.Shared(other) > MinShared * Math.Min(one.Area, other.Area);
}
