using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What was read on a picture.</summary>
/// <param name="Text">A line of text a line, an empty line between paragraphs.</param>
/// <param name="Confidence">The mean of the words' confidences, 0 to 100; 0 where there are no words.</param>
/// <param name="Words">In reading order.</param>
internal sealed record OcrText(string Text, double Confidence, ImmutableArray<OcrWord> Words);
