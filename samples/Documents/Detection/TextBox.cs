namespace BlueEdge.Samples.Documents.Detection;

/// <summary>A block of text, in pixels from the picture's upper left corner.</summary>
internal sealed record TextBox(int X, int Y, int Width, int Height);
