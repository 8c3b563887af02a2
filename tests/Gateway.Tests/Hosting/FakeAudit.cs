using System.Collections.Immutable;
using BlueEdge.Auditing;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>The audit of a cluster, in memory.</summary>
internal sealed class FakeAudit(FakeGrains grains) : IAuditGrain
{
    private readonly Lock _lock = new();

    /// <summary>The records, the oldest first.</summary>
    public ImmutableArray<AuditRecord> Records { get; private set; } = [];

    /// <summary>What was asked for last.</summary>
    public AuditQuery? Asked { get; private set; }

    public async Task AppendAsync(ImmutableArray<AuditRecord> records, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync("AppendAudit");
        lock (_lock)
        {
            Records = Records.AddRange(records);
        }
    }

    public async Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync("ReadAudit");
        Asked = query;
        return new() { Records = [.. Records.Where(query.Matches).Reverse().Take(query.Limit)], Next = new(7, 8, AuditKind.Submission) };
    }
}
