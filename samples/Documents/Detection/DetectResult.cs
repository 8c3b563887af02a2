using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>What <c>text-detect</c> writes for a picture.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Width">The picture's, in pixels.</param>
/// <param name="Height">The picture's, in pixels.</param>
/// <param name="Boxes">In reading order.</param>
/// <param name="Warnings">What is doubtful about the picture; not there where nothing is.</param>
internal sealed record DetectResult(int Page, int Width, int Height, ImmutableArray<TextBox> Boxes, ImmutableArray<string>? Warnings = null);
