namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Pieces of lines below each other.</summary>
/// <param name="Box">Around all of them, without a margin.</param>
/// <param name="Size">The height of the tallest word, in pixels.</param>
internal sealed record TextBlock(TextBox Box, int Size)
{
    public double Middle => Box.Y + (Box.Height / 2.0);

    public static TextBlock Of(IEnumerable<TextPiece> pieces) =>
        pieces.Select(piece => new TextBlock(piece.Box, piece.Size)).Aggregate(Union);

    public static TextBlock Union(TextBlock one, TextBlock other) =>
        new(TextBox.Union(one.Box, other.Box), Math.Max(one.Size, other.Size));

    /// <summary>The block with room for the full stops and serifs that a word's box cuts off.</summary>
    public TextBox ToBox(int width, int height) => Box.Grown(1 + (Size / 6), width, height);
}
