using System.Text.Json.Serialization;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>A block of text, in pixels from the picture's upper left corner.</summary>
internal sealed record TextBox(int X, int Y, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    [JsonIgnore]
    public int Right => X + Width;

    /// <summary>The row after the last.</summary>
    [JsonIgnore]
    public int Bottom => Y + Height;

    [JsonIgnore]
    public long Area => (long)Width * Height;

    public static TextBox Union(TextBox one, TextBox other) => Between(
        Math.Min(one.X, other.X), Math.Min(one.Y, other.Y), Math.Max(one.Right, other.Right), Math.Max(one.Bottom, other.Bottom));

    public bool SharesColumns(TextBox other) => X < other.Right && other.X < Right;

    /// <summary>The area that both cover.</summary>
    public long Shared(TextBox other) =>
        Math.Max(0L, Math.Min(Right, other.Right) - Math.Max(X, other.X)) * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y));

    /// <summary>With a margin on each side, as far as the picture goes.</summary>
    public TextBox Grown(int margin, int width, int height) =>
        Between(Math.Max(0, X - margin), Math.Max(0, Y - margin), Math.Min(width, Right + margin), Math.Min(height, Bottom + margin));

    /// <inheritdoc cref="Ocr.OcrText.TurnedBack"/>
    public TextBox TurnedBack(int degrees, int width, int height) => degrees switch
    {
        90 => new(Y, height - X - Width, Height, Width),
        180 => new(width - X - Width, height - Y - Height, Width, Height),
        270 => new(width - Y - Height, X, Height, Width),
        _ => this,
    };

    private static TextBox Between(int left, int top, int right, int bottom) => new(left, top, right - left, bottom - top);
}
