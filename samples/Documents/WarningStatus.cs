namespace BlueEdge.Samples.Documents;

/// <summary>What an engine says on Status where something was left out or is doubtful; the platform keeps it as a warning of the session.</summary>
/// <param name="Type">Always <c>warning</c>.</param>
/// <param name="Node">Who says it.</param>
/// <param name="Code">What kind it is, one of <see cref="PageCodes"/> for instance.</param>
/// <param name="Message">What happened, and what to do about it.</param>
/// <param name="Page">The page it is about; null where it is about all.</param>
/// <param name="Details">What a tool said about it; null where it said nothing.</param>
internal sealed record WarningStatus(string Type, string Node, string Code, string Message, int? Page, string? Details)
{
    public static WarningStatus Of(string node, string code, string message, int? page, string? details) =>
        new("warning", node, code, message, page, string.IsNullOrWhiteSpace(details) ? null : details);
}
