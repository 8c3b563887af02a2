namespace BlueEdge.Samples.Documents;

/// <summary>What each engine says on Status after a page: <c>{"type": "page", "node": "OCR", "page": 2, "pages": 7}</c>.</summary>
/// <param name="Type">Always <c>page</c>.</param>
/// <param name="Node">Who says it.</param>
/// <param name="Page">The page's number.</param>
/// <param name="Pages">How many there are; not there where nobody knows.</param>
internal sealed record PageStatus(string Type, string Node, int Page, int? Pages)
{
    public static PageStatus Of(string node, PageNumber page) => new("page", node, page.Page, page.Of);
}
