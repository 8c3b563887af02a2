namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>A word and where it stands, in pixels from the picture's upper left corner; the confidence is 0 (a guess) to 100 (certain).</summary>
internal sealed record OcrWord(string Text, double Confidence, int X, int Y, int Width, int Height);
