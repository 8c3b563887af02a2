using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>A page as a picture.</summary>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Dpi">The pixels an inch it was drawn with.</param>
/// <param name="Bytes">The encoded picture.</param>
/// <param name="Complaints">What the tool said while it drew the page, a line each.</param>
internal sealed record PageImage(int Page, int Width, int Height, int Dpi, ReadOnlyMemory<byte> Bytes, ImmutableArray<string> Complaints)
{
    /// <summary>A scan is noisy: as PNG it is five times as large and takes eight times as long to write.</summary>
    public const string MediaType = "image/jpeg";
}
