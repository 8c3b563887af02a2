namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What <c>ocr</c> takes on Control; it counts for the pictures that come after it.</summary>
internal sealed record OcrControl(string? Language);
