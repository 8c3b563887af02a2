using System.Collections.Immutable;
using BlueEdge.Auditing;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Auditing;

/// <summary>Keeps the newest records of the audit, of each kind about as many as <see cref="AuditOptions.MaxRecords"/>.</summary>
public interface IAuditStore
{
    /// <summary>Adds records, in their order.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer; some may be stored.</exception>
    Task AppendAsync(ImmutableArray<AuditRecord> records);

    /// <summary>Records of a kind, the newest first, each with where it is.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="before">Only older ones; <see langword="null"/> for all.</param>
    /// <param name="count">At most so many.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<ImmutableArray<(AuditPosition Position, AuditRecord Record)>> ReadAsync(AuditKind kind, AuditPosition? before, int count);
}
