namespace BlueEdge.Samples.ScannedPdf;

internal enum LineKind
{
    Paragraph,
    Title,
    Heading,
    Aside,
    TableRow,
}
