namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Lines that belong together.</summary>
internal sealed class TextBlock
{
    private readonly StraightLine[] _lines;

    public TextBlock(IEnumerable<StraightLine> lines)
    {
        _lines = [.. lines];
        Left = _lines.Min(line => line.Line.Left);
        Right = _lines.Max(line => line.Line.Right);
        Top = _lines.Min(line => line.Top);
        Bottom = _lines.Max(line => line.Bottom);
    }

    public int Left { get; }

    public int Right { get; }

    /// <summary>Where it would begin if the page lay straight.</summary>
    public double Top { get; }

    /// <summary>Where it would end if the page lay straight.</summary>
    public double Bottom { get; }

    public double Middle => (Top + Bottom) / 2;

    public double Area => (Right - Left) * (Bottom - Top);

    public static TextBlock Union(TextBlock one, TextBlock other) => new([.. one._lines, .. other._lines]);

    public bool SharesColumns(TextBlock other) => Left < other.Right && other.Left < Right;

    /// <summary>The block in the whole picture's pixels, with room for the full stops and dots that were too small to count.</summary>
    public TextBox ToBox(int factor, int width, int height)
    {
        var margin = 1 + (_lines.Max(line => line.Line.Size) / 6);
        var left = Math.Max(0, (Left - margin) * factor);
        var top = Math.Max(0, (_lines.Min(line => line.Line.Top) - margin) * factor);
        var right = Math.Min(width, (Right + margin) * factor);
        var bottom = Math.Min(height, (_lines.Max(line => line.Line.Bottom) + margin) * factor);
        return new TextBox(left, top, right - left, bottom - top);
    }
}
