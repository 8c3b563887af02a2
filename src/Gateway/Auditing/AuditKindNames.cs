using BlueEdge.Auditing;

namespace BlueEdge.Gateway.Auditing;

/// <summary>What kinds of records are called in the API.</summary>
internal static class AuditKindNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<AuditKind>().Select(Of)];

    public static string Of(AuditKind kind) => kind switch
    {
        AuditKind.Change => "change",
        AuditKind.Submission => "submission",
        AuditKind.Refusal => "refusal",
        _ => "unknown", // Of a later build.
    };

    public static AuditKind? Parse(string? name) => Enum.GetValues<AuditKind>().Select(kind => (AuditKind?)kind).FirstOrDefault(kind => string.Equals(Of(kind!.Value), name, StringComparison.Ordinal)); // Each has a value.
}
