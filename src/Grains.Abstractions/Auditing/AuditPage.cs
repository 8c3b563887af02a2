using System.Collections.Immutable;

namespace BlueEdge.Auditing;

/// <summary>Some records of the audit.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.audit-page")]
public sealed record AuditPage
{
    /// <summary>The records, the newest first.</summary>
    [Id(0)]
    public required ImmutableArray<AuditRecord> Records { get; init; }

    /// <summary>Where older ones begin; <see langword="null"/> where there are none. A page may have few records, or none, and older ones all the same.</summary>
    [Id(1)]
    public AuditPosition? Next { get; init; }
}
