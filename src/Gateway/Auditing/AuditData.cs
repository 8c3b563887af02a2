using System.Collections.Immutable;

namespace BlueEdge.Gateway.Auditing;

/// <summary>A page of the audit.</summary>
internal sealed record AuditData
{
    /// <summary>The records, the newest first.</summary>
    public required ImmutableArray<AuditItem> Records { get; init; }

    /// <summary>The <c>cursor</c> of the next page; left out where there is none. A page may have few records and a next one all the same.</summary>
    public string? NextCursor { get; init; }
}
