using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What <c>ocr</c> writes for a picture.</summary>
internal sealed record OcrResult(int Page, string Text, double Confidence, ImmutableArray<OcrWord> Words);
