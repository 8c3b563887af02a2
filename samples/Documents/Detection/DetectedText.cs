using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Where a picture holds text.</summary>
/// <param name="Width">The picture's width in pixels.</param>
/// <param name="Height">The picture's height in pixels.</param>
/// <param name="Boxes">The blocks in reading order; empty where there is no text.</param>
internal sealed record DetectedText(int Width, int Height, ImmutableArray<TextBox> Boxes);
