using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>What <c>pdf-convert</c> says about a picture that it wrote.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Dpi">The pixels an inch it was drawn with.</param>
/// <param name="MediaType">What the picture is.</param>
/// <param name="Warnings">What is doubtful about the picture; not there where nothing is.</param>
internal sealed record ImageMetadata(int Page, int Width, int Height, int Dpi, string MediaType, ImmutableArray<string>? Warnings = null);
