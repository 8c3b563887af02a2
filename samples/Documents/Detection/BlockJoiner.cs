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
            if (joined.Find(other => Covers(other, block)) is { } found)
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

    private static bool Covers(TextBlock one, TextBlock other)
    {
        var width = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
        var height = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
        return width > 0 && height > 0 && width * height >= MinShared * Math.Min(one.Area, other.Area);
    }
}
