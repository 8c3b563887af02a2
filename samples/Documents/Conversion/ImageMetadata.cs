namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>What <c>pdf-convert</c> says about a picture that it wrote.</summary>
internal sealed record ImageMetadata(int Page, int Width, int Height, int Dpi, string MediaType);
