using System.Collections.Immutable;

namespace BlueEdge.Auditing;

/// <summary>Keeps who did what, and tells it. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>Adds records, which are stored once this returns. What is told twice is there twice.</summary>
    [Alias("append")]
    Task AppendAsync(ImmutableArray<AuditRecord> records, CancellationToken cancellationToken);

    /// <summary>Records, the newest first.</summary>
    [Alias("read")]
    Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken);
}
