using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>A PDF that opens.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Pages">How many pages it says that it has.</param>
/// <param name="Access">The arguments that open it for poppler's tools.</param>
/// <param name="Complaints">What poppler says of it as a whole; it says so again with every page.</param>
internal sealed record PdfDocument(string Path, int Pages, ImmutableArray<string> Access, ImmutableArray<string> Complaints);
