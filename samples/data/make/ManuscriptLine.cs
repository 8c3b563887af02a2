namespace BlueEdge.Samples.ScannedPdf;

internal sealed record ManuscriptLine(LineKind Kind, string Text)
{
    public string[] Cells => [.. Text.Split('|').Select(cell => cell.Trim())];
}
