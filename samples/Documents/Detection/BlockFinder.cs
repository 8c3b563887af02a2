namespace BlueEdge.Samples.Documents.Detection;

internal static class BlockFinder
{
    /// <summary>Joins pieces that follow each other, and leaves out blocks without a word beyond doubt.</summary>
    public static IEnumerable<TextBlock> Find(IEnumerable<TextPiece> pieces)
    {
        var blocks = new List<List<TextPiece>>();
        foreach (var piece in pieces)
        {
            var joined = blocks.FindAll(block => block.Exists(piece.IsStackedOn));
            blocks.RemoveAll(joined.Contains);
            blocks.Add([.. joined.SelectMany(block => block), piece]);
        }

        return blocks.Where(block => block.Exists(piece => piece.IsSure)).Select(TextBlock.Of);
    }
}
