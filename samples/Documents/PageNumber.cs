namespace BlueEdge.Samples.Documents;

/// <summary>A page's number.</summary>
/// <param name="Page">From 1; it goes on in the next document of a session.</param>
/// <param name="Of">The last one, where it is known.</param>
internal sealed record PageNumber(int Page, int? Of);
