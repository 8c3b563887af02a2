namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>A page of a PDF.</summary>
/// <param name="Number">Its place in the document, from 1.</param>
/// <param name="PopplerNumber">What poppler calls it, which leaves out pages that are no pages.</param>
/// <param name="Size">The size of what a viewer shows; null where there is no such page.</param>
internal sealed record PdfPage(int Number, int PopplerNumber, PageSize? Size);
