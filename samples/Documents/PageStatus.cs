namespace BlueEdge.Samples.Documents;

/// <summary>What each engine says on Status after a page: <c>{"type": "page", "node": "OCR", "page": 2}</c>.</summary>
internal sealed record PageStatus(string Type, string Node, int Page)
{
    public static PageStatus Of(string node, int page) => new("page", node, page);
}
