using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What <c>ocr</c> writes for a picture.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Text">A line of text a line, an empty line between paragraphs.</param>
/// <param name="Confidence">0 to 100; 0 where there are no words.</param>
/// <param name="Words">In reading order.</param>
/// <param name="Rotation">How far the picture must be turned clockwise to be read, in degrees; not there where it stands upright.</param>
/// <param name="Warnings">What is doubtful about the picture; not there where nothing is.</param>
internal sealed record OcrResult(
    int Page, string Text, double Confidence, ImmutableArray<OcrWord> Words, int? Rotation = null, ImmutableArray<string>? Warnings = null);
