using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

/// <summary>What a page says, and how crookedly it lay on the scanner.</summary>
internal sealed record ManuscriptPage(int Columns, float AngleInDegrees, SKColor Tint, List<ManuscriptLine> Lines);
