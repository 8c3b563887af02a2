using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>What <c>text-detect</c> writes for a picture.</summary>
internal sealed record DetectResult(int Page, int Width, int Height, ImmutableArray<TextBox> Boxes);
