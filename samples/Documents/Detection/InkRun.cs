namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Pixels of ink side by side: from <paramref name="start"/> to before <paramref name="end"/>.</summary>
internal sealed class InkRun(int start, int end)
{
    public int Start => start;

    public int End => end;

    public int Shape { get; set; } = ShapeSet.None;
}
